-- A discount is a line of its quote, below zero. Whole quotes and what is paid never are: the rules of programme/money see to it.
alter table programme.quote_line drop constraint quote_line_unit_cents_check, drop constraint quote_line_total_cents_check;
