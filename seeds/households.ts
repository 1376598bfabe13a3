import { addDays } from './dates.ts';
import { bornIn, type Home, type Person } from './identity.ts';
import type { Chance } from './random.ts';
import type { PracticeShape } from './staff.ts';
import { firstNames, foreignNames, foreignSurnames, streetNames, surnames } from './words.ts';

/** Peoples a practice: households that share an address and names, until the wanted number is reached. */
export class Peopler {
  readonly people: Person[] = [];
  #houses = 0;
  readonly shape: PracticeShape;
  readonly chance: Chance;
  readonly today: string;

  constructor(shape: PracticeShape, chance: Chance, today: string) {
    this.shape = shape;
    this.chance = chance;
    this.today = today;
  }

  /** A birth date for an age in years. */
  born(years: number): string {
    return addDays(this.today, -Math.round(years * 365.25) - this.chance.int(5, 330));
  }

  home(): Home {
    this.#houses++;
    const site = this.chance.pick(this.shape.sites);
    const street = streetNames[(this.#houses * 7) % streetNames.length]!;
    const phone = this.chance.yes(0.45) ? this.#number('02 61 91') : undefined;
    return {
      line: `${this.chance.int(1, 64)}${this.chance.yes(0.12) ? ' bis' : ''} ${street}`,
      town: site.town,
      ...(phone ? { phone } : {}),
    };
  }

  /** Only ranges kept for fiction: 02 61 91 and 06 39 98. */
  #number(range: '02 61 91' | '06 39 98'): string {
    return `${range} ${this.chance.int(30, 99)} ${String(this.chance.int(0, 99)).padStart(2, '0')}`;
  }

  given(gender: 'male' | 'female', birth: string): string[] {
    const year = Number(birth.slice(0, 4));
    const row = firstNames.find(([until]) => year <= until)!;
    const list = gender === 'female' ? row[1] : row[2];
    return this.chance.some(list, this.chance.int(1, 3));
  }

  add(given: Partial<Person> & Pick<Person, 'gender' | 'birth' | 'birthName' | 'home'>): Person {
    const { chance } = this;
    const order = this.people.length + 1;
    const key = given.key ?? `${this.shape.key[0]}${String(order).padStart(3, '0')}`;
    const age = Number(this.today.slice(0, 4)) - Number(given.birth.slice(0, 4));
    const identity = chance.weighted([
      ['qualified', 60],
      ['retrieved', 11],
      ['validated', 14],
      ['provisional', 15],
    ] as const);
    const person: Person = {
      key,
      id: `pat-${key}`,
      given: given.given ?? this.given(given.gender, given.birth),
      born: bornIn(chance, this.shape.key),
      identity,
      children: [],
      ...(age > 14 && chance.yes(age > 80 ? 0.4 : 0.92) ? { mobile: this.#number('06 39 98') } : {}),
      ...given,
    };
    if (age > 18 && chance.yes(age > 75 ? 0.15 : 0.5))
      person.email = `patient.${this.shape.key[0]}${order}@demo.estran.example`;
    this.people.push(person);
    return person;
  }

  couple(age: number, home = this.home(), name = this.chance.pick(surnames)): [Person, Person] {
    const { chance } = this;
    const married = chance.yes(age > 60 ? 0.92 : 0.62);
    const abroad = chance.yes(0.06) ? chance.pick(foreignNames) : undefined;
    const birth = [this.born(age + chance.between(-2, 3)), this.born(age + chance.between(-3, 2))] as const;
    const man = abroad && chance.yes(0.5) ? abroad : undefined;
    const husband = this.add({
      gender: 'male',
      birth: birth[0],
      birthName: man ? chance.pick(foreignSurnames[man[0]]!) : name,
      home,
      married,
      ...(man ? { given: [chance.pick(man[4])], born: { code: man[0], town: man[2], country: man[1] } } : {}),
    });
    const ownName = abroad ? chance.pick(foreignSurnames[abroad[0]]!) : chance.pick(surnames);
    const wife = this.add({
      gender: 'female',
      birth: birth[1],
      birthName: ownName,
      home,
      married,
      ...(abroad
        ? { given: [chance.pick(abroad[3])], born: { code: abroad[0], town: abroad[2], country: abroad[1] } }
        : {}),
      ...(married && chance.yes(0.85)
        ? {
            usualName:
              chance.yes(0.12) && !ownName.includes('-') ? `${ownName}-${husband.birthName}` : husband.birthName,
          }
        : {}),
    });
    husband.partner = wife;
    wife.partner = husband;
    return [husband, wife];
  }

  child(age: number, mother: Person, father?: Person, given: Partial<Person> = {}): Person {
    const { chance } = this;
    const child = this.add({
      gender: chance.yes(0.5) ? 'male' : 'female',
      birth: this.born(age),
      birthName: father ? father.birthName : mother.birthName,
      home: mother.home,
      mother,
      ...(father ? { father } : {}),
      ...given,
    });
    mother.children.push(child);
    father?.children.push(child);
    return child;
  }

  /** Households of all ages until `count` inhabitants are there. */
  fill(count: number) {
    const { chance } = this;
    while (this.people.length < count) {
      const room = count - this.people.length;
      const kind =
        room < 6
          ? 'alone'
          : chance.weighted([
              ['family', 26],
              ['parent', 6],
              ['young', 9],
              ['alone', 16],
              ['pair', 12],
              ['old', 16],
              ['widow', 15],
            ] as const);
      if (kind === 'family') {
        const age = chance.between(28, 47);
        const [father, mother] = this.couple(age);
        const oldest = Math.min(17.5, age - chance.between(25, 30));
        for (let i = 0, at = Math.max(0.3, oldest); i < chance.int(1, 3) && at >= 0; i++, at -= chance.between(1.8, 4))
          this.child(at, mother, father);
      } else if (kind === 'parent') {
        const mother = this.add({
          gender: 'female',
          birth: this.born(chance.between(27, 46)),
          birthName: chance.pick(surnames),
          home: this.home(),
        });
        for (let i = 0; i < chance.int(1, 2); i++) this.child(chance.between(1, 15), mother);
      } else if (kind === 'young') this.couple(chance.between(22, 33));
      else if (kind === 'pair') this.couple(chance.between(49, 65));
      else if (kind === 'old') this.couple(chance.between(66, 84));
      else if (kind === 'widow') this.alone(chance.between(74, 97), true);
      else this.alone(chance.between(18, 72), false);
    }
  }

  alone(age: number, widowed: boolean): Person {
    const { chance } = this;
    const gender = chance.yes(widowed ? 0.8 : 0.5) ? 'female' : 'male';
    const birthName = chance.pick(surnames);
    const once = widowed || (age > 45 && chance.yes(0.3));
    return this.add({
      gender,
      birth: this.born(age),
      birthName,
      home: this.home(),
      ...(widowed ? { widowed: true } : {}),
      ...(gender === 'female' && once ? { usualName: chance.pick(surnames.filter((one) => one !== birthName)) } : {}),
    });
  }
}
