/** One medicine a line, as medicines.ts reads it: name|ATC|form:strengths;form:strengths|other words. */
export const table = `Paracétamol|N02BE01|c:500 mg,1 g;g:500 mg,1 g;ce:500 mg,1 g;cod:500 mg;sa:500 mg,1 g;sb:2,4 %;sup:100 mg,150 mg,200 mg,300 mg,1 g|douleur fièvre
Ibuprofène|M01AE01|c:200 mg,400 mg;su:20 mg/mL;gel:5 %|anti-inflammatoire
Kétoprofène|M01AE03|g:50 mg;clp:200 mg;glp:100 mg,200 mg;gel:2,5 %|anti-inflammatoire
Naproxène|M01AE02|c:275 mg,550 mg,500 mg|anti-inflammatoire
Diclofénac|M01AB05|cgr:25 mg,50 mg;clp:75 mg,100 mg;gel:1 %;em:1 %|anti-inflammatoire
Acide niflumique|M01AX02|g:250 mg|anti-inflammatoire
Flurbiprofène|M01AE09|c:50 mg,100 mg;pas:8,75 mg|anti-inflammatoire
Célécoxib|M01AH01|g:100 mg,200 mg|anti-inflammatoire
Étoricoxib|M01AH05|cp:30 mg,60 mg,90 mg|anti-inflammatoire
Acide acétylsalicylique|B01AC06|sa:75 mg,100 mg,160 mg,300 mg;cgr:75 mg,100 mg|aspirine antiagrégant
Tramadol|N02AX02|g:50 mg;clp:50 mg,100 mg,150 mg,200 mg;gt:100 mg/mL|douleur opioïde
Tramadol et paracétamol||cp:37,5 mg/325 mg|douleur opioïde
Codéine et paracétamol||c:30 mg/500 mg;ce:30 mg/500 mg|douleur opioïde
Poudre d’opium et paracétamol||g:25 mg/500 mg|douleur lamaline opioïde
Morphine|N02AA01|c:10 mg,20 mg;glp:10 mg,30 mg,60 mg,100 mg;clp:10 mg,30 mg,60 mg;sb:10 mg/5 mL|douleur opioïde stupéfiant
Oxycodone|N02AA05|g:5 mg,10 mg,20 mg;clp:5 mg,10 mg,15 mg,20 mg,30 mg,40 mg,60 mg,80 mg;cod:5 mg,10 mg,20 mg|douleur opioïde stupéfiant
Fentanyl|N02AB03|pa:12 µg/h,25 µg/h,50 µg/h,75 µg/h,100 µg/h;sl:100 µg,200 µg,300 µg,400 µg|douleur opioïde stupéfiant
Hydromorphone|N02AA03|glp:4 mg,8 mg,16 mg,24 mg|douleur opioïde stupéfiant
Buprénorphine||sl:0,4 mg,2 mg,8 mg|substitution opioïde
Buprénorphine et naloxone|N07BC51|sl:2 mg/0,5 mg,8 mg/2 mg|substitution opioïde
Méthadone|N07BC02|g:1 mg,5 mg,10 mg,20 mg,40 mg;si:5 mg,10 mg,20 mg,40 mg,60 mg|substitution opioïde
Néfopam|N02BG06|im:20 mg/2 mL|douleur
Sumatriptan|N02CC01|cp:50 mg;na:10 mg,20 mg|migraine
Zolmitriptan|N02CC03|c:2,5 mg;cod:2,5 mg|migraine
Élétriptan|N02CC06|cp:20 mg,40 mg|migraine
Rizatriptan|N02CC04|c:5 mg,10 mg;cod:10 mg|migraine
Phloroglucinol|A03AX12|c:80 mg;cod:80 mg,160 mg|spasmes
Trimébutine|A03AA05|c:100 mg,200 mg;su:24 mg/5 mL|spasmes colopathie
Mébévérine|A03AA04|g:100 mg,200 mg|spasmes
Alginate de sodium et bicarbonate|A02BX13|sb:500 mg/267 mg|reflux gaviscon
Oméprazole|A02BC01|ggr:10 mg,20 mg|ipp estomac reflux
Ésoméprazole|A02BC05|cgr:20 mg,40 mg|ipp estomac reflux
Pantoprazole|A02BC02|cgr:20 mg,40 mg|ipp estomac reflux
Lansoprazole|A02BC03|ggr:15 mg,30 mg;cod:15 mg,30 mg|ipp estomac reflux
Rabéprazole|A02BC04|cgr:10 mg,20 mg|ipp estomac reflux
Famotidine|A02BA03|c:20 mg,40 mg|estomac
Sucralfate|A02BX02|sa:1 g;c:1 g|estomac
Dompéridone|A03FA03|c:10 mg;su:1 mg/mL|nausées
Métoclopramide|A03FA01|c:10 mg;sb:1 mg/mL|nausées
Métopimazine|A04AD05|cod:7,5 mg;g:15 mg|nausées
Ondansétron|A04AA01|c:4 mg,8 mg;cod:4 mg,8 mg|nausées
Racécadotril|A07XA04|g:100 mg;sa:10 mg,30 mg|diarrhée
Lopéramide|A07DA03|g:2 mg|diarrhée
Diosmectite|A07BC05|sa:3 g|diarrhée
Macrogol 4000|A06AD15|sa:4 g,10 g|constipation
Macrogol 3350 et électrolytes|A06AD65|sa:13,1 g|constipation
Lactulose|A06AD11|si:10 g/15 mL;sb:66,5 %|constipation
Lactitol|A06AD12|sa:10 g|constipation
Bisacodyl|A06AB02|cgr:5 mg;sup:10 mg|constipation
Ispaghul|A06AC01|sa:3,5 g|constipation
Glycérol (rectal)|A06AX01|sup:700 mg,2 g|constipation
Mésalazine|A07EC02|cgr:400 mg,500 mg,800 mg;clp:1 g;sup:500 mg,1 g|crohn rectocolite
Budésonide (oral)|A07EA06|ggr:3 mg|crohn
Acide ursodésoxycholique|A05AA02|c:250 mg,500 mg|foie bile
Rifaximine|A07AA11|cp:550 mg|encéphalopathie
Pancréatine|A09AA02|ggr:10 000 U,25 000 U|pancréas
Metformine|A10BA02|cp:500 mg,850 mg,1 000 mg|diabète
Gliclazide|A10BB09|clp:30 mg,60 mg;c:80 mg|diabète
Glimépiride|A10BB12|c:1 mg,2 mg,3 mg,4 mg|diabète
Glibenclamide|A10BB01|c:1,25 mg,2,5 mg,5 mg|diabète
Répaglinide|A10BX02|c:0,5 mg,1 mg,2 mg|diabète
Acarbose|A10BF01|c:50 mg,100 mg|diabète
Sitagliptine|A10BH01|cp:50 mg,100 mg|diabète
Vildagliptine|A10BH02|c:50 mg|diabète
Saxagliptine|A10BH03|cp:2,5 mg,5 mg|diabète
Metformine et sitagliptine|A10BD07|cp:1 000 mg/50 mg|diabète
Metformine et vildagliptine|A10BD08|cp:1 000 mg/50 mg|diabète
Dapagliflozine|A10BK01|cp:10 mg|diabète insuffisance cardiaque gliflozine
Empagliflozine|A10BK03|cp:10 mg,25 mg|diabète insuffisance cardiaque gliflozine
Canagliflozine|A10BK02|cp:100 mg|diabète gliflozine
Liraglutide|A10BJ02|st:6 mg/mL|diabète glp-1
Dulaglutide|A10BJ05|st:0,75 mg,1,5 mg,3 mg,4,5 mg|diabète glp-1
Sémaglutide (injectable)|A10BJ06|st:0,25 mg,0,5 mg,1 mg|diabète glp-1 ozempic
Insuline glargine|A10AE04|st:100 U/mL,300 U/mL|diabète lente
Insuline détémir|A10AE05|st:100 U/mL|diabète lente
Insuline dégludec|A10AE06|st:100 U/mL,200 U/mL|diabète lente
Insuline asparte|A10AB05|st:100 U/mL|diabète rapide
Insuline lispro|A10AB04|st:100 U/mL,200 U/mL|diabète rapide
Insuline glulisine|A10AB06|st:100 U/mL|diabète rapide
Insuline humaine|A10AB01|st:100 U/mL|diabète rapide
Glucagon|H04AA01|iv:1 mg;na:3 mg|hypoglycémie
Lévothyroxine|H03AA01|c:25 µg,50 µg,75 µg,88 µg,100 µg,112 µg,125 µg,137 µg,150 µg,175 µg,200 µg;gt:150 µg/mL|thyroïde
Carbimazole|H03BB01|c:5 mg,10 mg,20 mg|thyroïde
Propylthiouracile|H03BA02|c:50 mg|thyroïde
Prednisone|H02AB07|c:1 mg,5 mg,20 mg|corticoïde
Prednisolone|H02AB06|cod:5 mg,20 mg;ce:5 mg,20 mg;sb:1 mg/mL|corticoïde
Bétaméthasone (orale)|H02AB01|c:0,5 mg,2 mg;gt:0,05 %|corticoïde
Hydrocortisone (orale)|H02AB09|c:10 mg|corticoïde surrénale
Fludrocortisone|H02AA02|c:50 µg|surrénale
Cholécalciférol|A11CC05|am:50 000 UI,80 000 UI,100 000 UI,200 000 UI;gt:10 000 UI/mL;cap:1 000 UI,20 000 UI|vitamine d
Calcium et vitamine D||c:500 mg/400 UI;cc:500 mg/400 UI,1 g/800 UI|
Calcium|A12AA04|c:500 mg;cc:500 mg|
Alfacalcidol|A11CC03|cap:0,25 µg,0,5 µg,1 µg|vitamine d rein
Potassium (chlorure)|A12BA01|glp:600 mg;c:500 mg|
Magnésium||c:100 mg;am:100 mg|
Fer (sulfate ferreux)|B03AA07|c:80 mg|anémie carence martiale
Fer (fumarate ferreux)|B03AA02|c:66 mg|anémie carence martiale
Acide folique|B03BB01|c:0,4 mg,5 mg|folates grossesse
Cyanocobalamine|B03BA01|c:250 µg;am:1 mg|vitamine b12
Thiamine (vitamine B1)|A11DA01|c:250 mg|alcool
Pyridoxine (vitamine B6)|A11HA02|c:250 mg|
Acide alendronique|M05BA04|c:10 mg,70 mg|ostéoporose
Acide risédronique|M05BA07|cp:5 mg,35 mg,75 mg|ostéoporose
Dénosumab|M05BX04|sc:60 mg|ostéoporose
Raloxifène|G03XC01|cp:60 mg|ostéoporose
Tériparatide|H05AA02|st:20 µg|ostéoporose
Allopurinol|M04AA01|c:100 mg,200 mg,300 mg|goutte
Fébuxostat|M04AA03|cp:80 mg,120 mg|goutte
Colchicine|M04AC01|c:1 mg|goutte
Thiocolchicoside|M03BX05|c:4 mg|relaxant
Baclofène|M03BX01|c:10 mg|spasticité alcool
Méthotrexate|L04AX03|c:2,5 mg,10 mg;st:7,5 mg,10 mg,12,5 mg,15 mg,17,5 mg,20 mg,25 mg|polyarthrite psoriasis
Hydroxychloroquine|P01BA02|cp:200 mg|lupus polyarthrite
Sulfasalazine|A07EC01|cgr:500 mg|polyarthrite
Léflunomide|L04AK01|cp:10 mg,20 mg|polyarthrite
Adalimumab|L04AB04|st:40 mg|biothérapie
Étanercept|L04AB01|st:25 mg,50 mg|biothérapie
Azathioprine|L04AX01|cp:25 mg,50 mg|immunosuppresseur
Ramipril|C09AA05|c:1,25 mg,2,5 mg,5 mg,10 mg|tension iec
Périndopril|C09AA04|cp:2,5 mg,5 mg,10 mg;c:2 mg,4 mg,8 mg|tension iec
Énalapril|C09AA02|c:5 mg,20 mg|tension iec
Lisinopril|C09AA03|c:5 mg,20 mg|tension iec
Captopril|C09AA01|c:25 mg,50 mg|tension iec
Trandolapril|C09AA10|g:0,5 mg,2 mg,4 mg|tension iec
Valsartan|C09CA03|cp:40 mg,80 mg,160 mg|tension sartan
Irbésartan|C09CA04|cp:75 mg,150 mg,300 mg|tension sartan
Losartan|C09CA01|cp:50 mg,100 mg|tension sartan
Candésartan|C09CA06|c:4 mg,8 mg,16 mg,32 mg|tension sartan
Telmisartan|C09CA07|c:20 mg,40 mg,80 mg|tension sartan
Olmésartan|C09CA08|cp:10 mg,20 mg,40 mg|tension sartan
Irbésartan et hydrochlorothiazide|C09DA04|cp:150 mg/12,5 mg,300 mg/12,5 mg,300 mg/25 mg|tension
Valsartan et hydrochlorothiazide|C09DA03|cp:80 mg/12,5 mg,160 mg/12,5 mg,160 mg/25 mg|tension
Périndopril et indapamide|C09BA04|cp:2,5 mg/0,625 mg,5 mg/1,25 mg|tension
Périndopril et amlodipine|C09BB04|c:5 mg/5 mg,5 mg/10 mg,10 mg/5 mg,10 mg/10 mg|tension
Valsartan et amlodipine|C09DB01|cp:80 mg/5 mg,160 mg/5 mg,160 mg/10 mg|tension
Sacubitril et valsartan|C09DX04|cp:24 mg/26 mg,49 mg/51 mg,97 mg/103 mg|insuffisance cardiaque entresto
Amlodipine|C08CA01|g:5 mg,10 mg;c:5 mg,10 mg|tension inhibiteur calcique
Lercanidipine|C08CA13|cp:10 mg,20 mg|tension inhibiteur calcique
Nicardipine|C08CA04|glp:50 mg;c:20 mg|tension
Nifédipine|C08CA05|clp:20 mg,30 mg,60 mg|tension
Diltiazem|C08DB01|c:60 mg;glp:200 mg,300 mg;clp:90 mg,120 mg|cœur
Vérapamil|C08DA01|c:40 mg,120 mg;clp:240 mg|cœur
Hydrochlorothiazide|C03AA03|c:25 mg|tension diurétique
Indapamide|C03BA11|clp:1,5 mg;cp:2,5 mg|tension diurétique
Furosémide|C03CA01|c:20 mg,40 mg,500 mg;sb:10 mg/mL|diurétique insuffisance cardiaque
Bumétanide|C03CA02|c:1 mg,5 mg|diurétique
Spironolactone|C03DA01|cp:25 mg,50 mg,75 mg|diurétique
Éplérénone|C03DA04|cp:25 mg,50 mg|insuffisance cardiaque
Bisoprolol|C07AB07|cp:1,25 mg,2,5 mg,3,75 mg,5 mg,7,5 mg,10 mg|bêtabloquant
Nébivolol|C07AB12|c:5 mg|bêtabloquant
Aténolol|C07AB03|cp:50 mg,100 mg|bêtabloquant
Métoprolol|C07AB02|c:100 mg;clp:23,75 mg,47,5 mg,95 mg,190 mg,200 mg|bêtabloquant
Propranolol|C07AA05|c:40 mg;glp:80 mg,160 mg|bêtabloquant tremblement migraine
Acébutolol|C07AB04|cp:200 mg,400 mg|bêtabloquant
Carvédilol|C07AG02|c:6,25 mg,12,5 mg,25 mg|bêtabloquant
Sotalol|C07AA07|c:80 mg,160 mg|rythme
Amiodarone|C01BD01|c:200 mg|rythme
Flécaïnide|C01BC04|c:50 mg,100 mg;glp:50 mg,100 mg,150 mg,200 mg|rythme
Digoxine|C01AA05|c:0,125 mg,0,25 mg|rythme
Ivabradine|C01EB17|cp:5 mg,7,5 mg|angor
Trinitrine|C01DA02|spr:0,15 mg/dose,0,30 mg/dose;pa:5 mg/24 h,10 mg/24 h,15 mg/24 h|angor natispray
Isosorbide (dinitrate)|C01DA08|c:20 mg;glp:40 mg|angor
Urapidil|C02CA06|g:30 mg,60 mg|tension
Prazosine|C02CA01|c:1 mg;clp:2,5 mg,5 mg|tension
Rilménidine|C02AC06|c:1 mg|tension
Midodrine|C01CA17|c:2,5 mg|hypotension
Atorvastatine|C10AA05|cp:10 mg,20 mg,40 mg,80 mg|cholestérol statine
Rosuvastatine|C10AA07|cp:5 mg,10 mg,20 mg|cholestérol statine
Simvastatine|C10AA01|cp:10 mg,20 mg,40 mg|cholestérol statine
Pravastatine|C10AA03|c:10 mg,20 mg,40 mg|cholestérol statine
Fluvastatine|C10AA04|g:20 mg,40 mg;clp:80 mg|cholestérol statine
Ézétimibe|C10AX09|c:10 mg|cholestérol
Ézétimibe et simvastatine|C10BA02|c:10 mg/20 mg,10 mg/40 mg|cholestérol
Fénofibrate|C10AB05|g:67 mg,100 mg,200 mg;c:145 mg,160 mg|triglycérides
Colestyramine|C10AC01|sa:4 g|cholestérol
Warfarine|B01AA03|c:2 mg,5 mg|anticoagulant avk
Fluindione|B01AA12|c:20 mg|anticoagulant avk
Acénocoumarol|B01AA07|c:1 mg,4 mg|anticoagulant avk
Apixaban|B01AF02|cp:2,5 mg,5 mg|anticoagulant aod
Rivaroxaban|B01AF01|cp:2,5 mg,10 mg,15 mg,20 mg|anticoagulant aod
Dabigatran|B01AE07|g:75 mg,110 mg,150 mg|anticoagulant aod
Énoxaparine|B01AB05|sc:2 000 UI/0,2 mL,4 000 UI/0,4 mL,6 000 UI/0,6 mL,8 000 UI/0,8 mL,10 000 UI/1 mL|anticoagulant hbpm héparine
Tinzaparine|B01AB10|sc:3 500 UI,4 500 UI,10 000 UI,14 000 UI,18 000 UI|anticoagulant hbpm héparine
Fondaparinux|B01AX05|sc:2,5 mg,7,5 mg|anticoagulant
Clopidogrel|B01AC04|cp:75 mg,300 mg|antiagrégant
Ticagrélor|B01AC24|cp:60 mg,90 mg|antiagrégant
Prasugrel|B01AC22|cp:5 mg,10 mg|antiagrégant
Clopidogrel et acide acétylsalicylique||cp:75 mg/75 mg|antiagrégant
Acide tranexamique|B02AA02|c:500 mg;am:1 g|saignement règles
Diosmine|C05CA03|c:300 mg,600 mg|veines
Salbutamol|R03AC02|inh:100 µg/dose;pi:200 µg/dose;neb:1,25 mg,2,5 mg,5 mg|asthme bronchodilatateur
Terbutaline|R03AC03|pi:500 µg/dose;neb:5 mg|asthme bronchodilatateur
Formotérol|R03AC13|g:12 µg;inh:12 µg/dose|asthme bpco
Salmétérol|R03AC12|inh:25 µg/dose;pi:50 µg/dose|asthme bpco
Indacatérol|R03AC18|pi:150 µg,300 µg|bpco
Tiotropium|R03BB04|pi:18 µg;neb:2,5 µg/dose|bpco
Ipratropium|R03BB01|inh:20 µg/dose;neb:0,25 mg,0,5 mg|bpco asthme
Béclométasone (inhalée)|R03BA01|inh:50 µg/dose,100 µg/dose,250 µg/dose|asthme corticoïde
Budésonide (inhalé)|R03BA02|pi:100 µg/dose,200 µg/dose,400 µg/dose;neb:0,5 mg,1 mg|asthme corticoïde
Fluticasone (inhalée)|R03BA05|inh:50 µg/dose,125 µg/dose,250 µg/dose;pi:100 µg/dose,250 µg/dose,500 µg/dose|asthme corticoïde
Budésonide et formotérol|R03AK07|pi:100 µg/6 µg,200 µg/6 µg,400 µg/12 µg|asthme bpco symbicort
Fluticasone et salmétérol|R03AK06|pi:100 µg/50 µg,250 µg/50 µg,500 µg/50 µg;inh:50 µg/25 µg,125 µg/25 µg,250 µg/25 µg|asthme bpco seretide
Béclométasone et formotérol|R03AK08|inh:100 µg/6 µg,200 µg/6 µg|asthme bpco
Fluticasone et vilantérol|R03AK10|pi:92 µg/22 µg,184 µg/22 µg|asthme bpco
Umeclidinium et vilantérol|R03AL03|pi:55 µg/22 µg|bpco
Indacatérol et glycopyrronium|R03AL04|pi:85 µg/43 µg|bpco
Béclométasone, formotérol et glycopyrronium|R03AL09|inh:87 µg/5 µg/9 µg|bpco trithérapie
Montélukast|R03DC03|cp:10 mg;cc:4 mg,5 mg;sa:4 mg|asthme
Carbocistéine|R05CB03|si:2 %,5 %;sa:750 mg|toux fluidifiant
Acétylcystéine|R05CB01|sa:100 mg,200 mg;ce:600 mg|toux fluidifiant
Dextrométhorphane|R05DA09|si:1,5 mg/mL;c:15 mg|toux
Oxomémazine|R06AD08|si:0,33 mg/mL|toux
Cétirizine|R06AE07|c:10 mg;gt:10 mg/mL|allergie antihistaminique
Lévocétirizine|R06AE09|cp:5 mg|allergie antihistaminique
Desloratadine|R06AX27|cp:5 mg;sb:0,5 mg/mL|allergie antihistaminique
Loratadine|R06AX13|c:10 mg;si:1 mg/mL|allergie antihistaminique
Bilastine|R06AX29|c:20 mg|allergie antihistaminique
Ébastine|R06AX22|cp:10 mg;cod:10 mg|allergie antihistaminique
Fexofénadine|R06AX26|cp:120 mg,180 mg|allergie antihistaminique
Hydroxyzine|N05BB01|cp:25 mg,100 mg;si:2 mg/mL|anxiété allergie
Dexchlorphéniramine|R06AB02|c:2 mg;si:0,5 mg/5 mL|allergie
Mométasone (nasale)|R01AD09|na:50 µg/dose|rhinite corticoïde
Fluticasone (nasale)|R01AD08|na:27,5 µg/dose,50 µg/dose|rhinite corticoïde
Béclométasone (nasale)|R01AD01|na:50 µg/dose|rhinite corticoïde
Cromoglicate (ophtalmique)|S01GX01|co:2 %|conjonctivite allergie
Adrénaline|C01CA24|st:150 µg,300 µg|anaphylaxie choc stylo
Amoxicilline|J01CA04|g:500 mg;c:1 g;su:125 mg/5 mL,250 mg/5 mL,500 mg/5 mL|antibiotique
Amoxicilline et acide clavulanique|J01CR02|cp:500 mg/62,5 mg;sa:500 mg/62,5 mg,1 g/125 mg;su:100 mg/12,5 mg par mL|antibiotique
Pénicilline V|J01CE02|c:1 000 000 UI;su:250 000 UI/5 mL,500 000 UI/5 mL|phénoxyméthylpénicilline antibiotique
Cloxacilline|J01CF02|g:500 mg|antibiotique
Céfuroxime|J01DC02|cp:250 mg,500 mg|antibiotique
Céfixime|J01DD08|cp:200 mg;su:40 mg/5 mL,100 mg/5 mL|antibiotique
Cefpodoxime|J01DD13|cp:100 mg;su:40 mg/5 mL|antibiotique
Ceftriaxone|J01DD04|iv:500 mg,1 g|antibiotique
Azithromycine|J01FA10|cp:250 mg;su:40 mg/mL|antibiotique macrolide
Clarithromycine|J01FA09|cp:250 mg,500 mg;su:25 mg/mL,50 mg/mL|antibiotique macrolide
Josamycine|J01FA07|cp:500 mg;su:125 mg/5 mL,250 mg/5 mL|antibiotique macrolide
Roxithromycine|J01FA06|cp:100 mg,150 mg|antibiotique macrolide
Spiramycine|J01FA02|cp:1,5 MUI,3 MUI|antibiotique macrolide
Spiramycine et métronidazole||cp:750 000 UI/125 mg,1,5 MUI/250 mg|antibiotique dents
Pristinamycine|J01FG01|cp:250 mg,500 mg|antibiotique
Clindamycine|J01FF01|g:150 mg,300 mg|antibiotique
Doxycycline|J01AA02|c:50 mg,100 mg|antibiotique
Sulfaméthoxazole et triméthoprime|J01EE01|c:400 mg/80 mg,800 mg/160 mg|antibiotique bactrim
Triméthoprime|J01EA01|cp:300 mg|antibiotique cystite
Nitrofurantoïne|J01XE01|g:50 mg|antibiotique cystite
Fosfomycine|J01XX01|sa:3 g|antibiotique cystite
Pivmécillinam|J01CA08|cp:200 mg,400 mg|antibiotique cystite
Ciprofloxacine|J01MA02|cp:250 mg,500 mg,750 mg|antibiotique
Ofloxacine|J01MA01|cp:200 mg|antibiotique
Lévofloxacine|J01MA12|cp:250 mg,500 mg|antibiotique
Métronidazole|P01AB01|cp:250 mg,500 mg;ov:500 mg|antibiotique
Acide fusidique (cutané)|D06AX01|cr:2 %;po:2 %|antibiotique peau
Mupirocine|D06AX09|po:2 %|antibiotique peau
Fluconazole|J02AC01|g:50 mg,100 mg,150 mg,200 mg|mycose
Terbinafine||c:250 mg;cr:1 %|mycose
Éconazole||cr:1 %;ov:150 mg|mycose
Kétoconazole (cutané)|D01AC08|gel:2 %|mycose pellicules
Ciclopirox||cr:1 %;ve:8 %|mycose ongle
Amorolfine|D01AE16|ve:5 %|mycose ongle
Amphotéricine B (buvable)|A07AA07|su:100 mg/mL|muguet mycose
Miconazole (buccal)|A01AB09|gel:2 %|muguet mycose
Valaciclovir|J05AB11|cp:500 mg|herpès zona
Aciclovir||c:200 mg,800 mg;cr:5 %|herpès zona
Oséltamivir|J05AH02|g:30 mg,45 mg,75 mg|grippe
Ivermectine|P02CF01|c:3 mg|gale
Albendazole|P02CA03|c:400 mg|vers
Flubendazole|P02CA05|c:100 mg;su:100 mg/5 mL|vers oxyures
Atovaquone et proguanil|P01BB51|cp:62,5 mg/25 mg,250 mg/100 mg|paludisme
Perméthrine|P03AC04|cr:5 %|gale
Escitalopram|N06AB10|cp:5 mg,10 mg,15 mg,20 mg;gt:20 mg/mL|dépression anxiété
Citalopram|N06AB04|cp:20 mg;gt:40 mg/mL|dépression
Sertraline|N06AB06|g:25 mg,50 mg|dépression
Paroxétine|N06AB05|cp:20 mg|dépression anxiété
Fluoxétine|N06AB03|g:20 mg;sb:20 mg/5 mL|dépression
Venlafaxine|N06AX16|glp:37,5 mg,75 mg;cp:25 mg,50 mg|dépression
Duloxétine|N06AX21|ggr:30 mg,60 mg|dépression douleur
Mirtazapine|N06AX11|cod:15 mg,30 mg,45 mg;cp:15 mg|dépression
Miansérine|N06AX03|cp:10 mg,30 mg,60 mg|dépression
Vortioxétine|N06AX26|cp:5 mg,10 mg,15 mg,20 mg|dépression
Amitriptyline|N06AA09|cp:25 mg,50 mg;gt:40 mg/mL|dépression douleur
Clomipramine|N06AA04|cp:10 mg,25 mg,75 mg|dépression
Alprazolam|N05BA12|c:0,25 mg,0,50 mg|anxiété benzodiazépine
Bromazépam|N05BA08|c:6 mg|anxiété benzodiazépine
Oxazépam|N05BA04|c:10 mg,50 mg|anxiété benzodiazépine
Lorazépam|N05BA06|c:1 mg,2,5 mg|anxiété benzodiazépine
Diazépam|N05BA01|c:2 mg,5 mg,10 mg;gt:1 %|anxiété benzodiazépine
Prazépam|N05BA11|c:10 mg;gt:15 mg/mL|anxiété benzodiazépine
Clobazam|N05BA09|c:10 mg,20 mg|anxiété épilepsie
Zolpidem|N05CF02|cp:10 mg|sommeil insomnie
Zopiclone|N05CF01|cp:3,75 mg,7,5 mg|sommeil insomnie
Lormétazépam|N05CD06|c:1 mg,2 mg|sommeil insomnie
Mélatonine|N05CH01|clp:1 mg,2 mg,5 mg|sommeil insomnie
Cyamémazine|N05AA06|cp:25 mg,100 mg;gt:40 mg/mL|neuroleptique
Rispéridone|N05AX08|cp:1 mg,2 mg,4 mg;cod:1 mg,2 mg;sb:1 mg/mL|neuroleptique
Olanzapine|N05AH03|cp:5 mg,7,5 mg,10 mg;cod:5 mg,10 mg|neuroleptique
Quétiapine|N05AH04|clp:50 mg,300 mg,400 mg|neuroleptique
Aripiprazole|N05AX12|c:5 mg,10 mg,15 mg|neuroleptique
Halopéridol|N05AD01|c:1 mg,5 mg,20 mg;gt:2 mg/mL|neuroleptique
Tiapride|N05AL03|c:100 mg|neuroleptique
Amisulpride|N05AL05|c:100 mg,200 mg,400 mg|neuroleptique
Loxapine|N05AH01|cp:25 mg,50 mg,100 mg|neuroleptique
Clozapine|N05AH02|c:25 mg,100 mg|neuroleptique
Lithium|N05AN01|c:250 mg;clp:400 mg|bipolaire
Acide valproïque|N03AG01|c:200 mg,500 mg;clp:500 mg;sb:200 mg/mL|épilepsie bipolaire
Lamotrigine|N03AX09|c:25 mg,50 mg,100 mg,200 mg|épilepsie bipolaire
Lévétiracétam|N03AX14|cp:250 mg,500 mg,1 000 mg;sb:100 mg/mL|épilepsie
Carbamazépine|N03AF01|c:200 mg;clp:200 mg,400 mg|épilepsie névralgie
Topiramate|N03AX11|cp:25 mg,50 mg,100 mg,200 mg|épilepsie migraine
Prégabaline|N02BF02|g:25 mg,50 mg,75 mg,100 mg,150 mg,200 mg,300 mg|douleur neuropathique
Gabapentine|N02BF01|g:100 mg,300 mg,400 mg;cp:600 mg,800 mg|douleur neuropathique
Clonazépam|N03AE01|c:2 mg;gt:2,5 mg/mL|épilepsie
Lévodopa et bensérazide|N04BA02|g:50 mg/12,5 mg,100 mg/25 mg,200 mg/50 mg|parkinson modopar
Lévodopa et carbidopa|N04BA02|c:100 mg/10 mg,250 mg/25 mg;clp:200 mg/50 mg|parkinson sinemet
Ropinirole|N04BC04|cp:0,25 mg,0,5 mg,1 mg,2 mg,5 mg;clp:2 mg,4 mg,8 mg|parkinson
Pramipexole|N04BC05|c:0,18 mg,0,7 mg|parkinson jambes sans repos
Rasagiline|N04BD02|c:1 mg|parkinson
Donépézil|N06DA02|cp:5 mg,10 mg|alzheimer
Rivastigmine|N06DA03|pa:4,6 mg/24 h,9,5 mg/24 h|alzheimer
Mémantine|N06DX01|cp:10 mg,20 mg|alzheimer
Méthylphénidate|N06BA04|c:10 mg;clp:18 mg,36 mg,54 mg;glp:10 mg,20 mg,30 mg,40 mg|tdah stupéfiant
Bétahistine|N07CA01|c:8 mg,24 mg|vertiges
Acétylleucine|N07CA04|c:500 mg|vertiges
Varénicline|N07BA03|cp:0,5 mg,1 mg|tabac
Nicotine|N07BA01|pa:7 mg/24 h,14 mg/24 h,21 mg/24 h;go:2 mg,4 mg;pas:1,5 mg,2 mg,2,5 mg,4 mg|tabac
Acamprosate|N07BB03|cgr:333 mg|alcool
Naltrexone|N07BB04|cp:50 mg|alcool
Disulfirame|N07BB01|c:500 mg|alcool
Tamsulosine|G04CA02|glp:0,4 mg|prostate
Alfuzosine|G04CA01|clp:10 mg;c:2,5 mg|prostate
Silodosine|G04CA04|g:4 mg,8 mg|prostate
Finastéride|G04CB01|cp:5 mg|prostate
Dutastéride|G04CB02|cap:0,5 mg|prostate
Serenoa repens|G04CX02|g:160 mg|prostate
Solifénacine|G04BD08|cp:5 mg,10 mg|vessie
Trospium|G04BD09|c:20 mg|vessie
Fésotérodine|G04BD11|clp:4 mg,8 mg|vessie
Mirabégron|G04BD12|clp:25 mg,50 mg|vessie
Oxybutynine|G04BD04|c:5 mg|vessie
Sildénafil|G04BE03|cp:25 mg,50 mg,100 mg|érection
Tadalafil|G04BE08|cp:5 mg,10 mg,20 mg|érection
Lévonorgestrel et éthinylestradiol|G03AA07|c:100 µg/20 µg,150 µg/30 µg|contraception pilule
Désogestrel|G03AC09|cp:75 µg|contraception pilule
Lévonorgestrel (contraception d’urgence)|G03AD01|c:1,5 mg|pilule du lendemain
Ulipristal|G03AD02|c:30 mg|pilule du lendemain
Étonogestrel|G03AC08|im2:68 mg|contraception implant
Lévonorgestrel (intra-utérin)|G02BA03|diu:13,5 mg,19,5 mg,52 mg|contraception stérilet
Étonogestrel et éthinylestradiol|G02BB01|an:11,7 mg/2,7 mg|contraception anneau
Norelgestromine et éthinylestradiol|G03AA13|pa:203 µg/33,9 µg par 24 h|contraception patch
Estradiol||gel:0,06 %,0,1 %;pa:25 µg/24 h,37,5 µg/24 h,50 µg/24 h,75 µg/24 h,100 µg/24 h;cp:1 mg,2 mg|ménopause
Progestérone|G03DA04|cap:100 mg,200 mg|ménopause grossesse
Dydrogestérone|G03DB01|cp:10 mg|
Promestriène|G03CA09|cpv:10 mg;cv:1 %|ménopause sécheresse
Tamoxifène|L02BA01|c:10 mg,20 mg|sein
Létrozole|L02BG04|cp:2,5 mg|sein
Anastrozole|L02BG03|cp:1 mg|sein
Bicalutamide|L02BB03|cp:50 mg|prostate
Leuproréline|L02AE02|sc:3,75 mg,11,25 mg,30 mg|prostate
Bétaméthasone (cutanée)|D07AC01|cr:0,05 %;po:0,05 %|corticoïde peau eczéma
Désonide|D07AB08|cr:0,1 %,0,05 %|corticoïde peau eczéma
Hydrocortisone (cutanée)|D07AA02|cr:1 %|corticoïde peau
Clobétasol|D07AD01|cr:0,05 %;gel:0,05 %|corticoïde peau
Calcipotriol et bétaméthasone|D05AX52|po:50 µg/0,5 mg par g;gel:50 µg/0,5 mg par g|psoriasis
Tacrolimus (cutané)|D11AH01|po:0,03 %,0,1 %|eczéma
Peroxyde de benzoyle|D10AE01|gel:2,5 %,5 %,10 %|acné
Adapalène|D10AD03|cr:0,1 %;gel:0,1 %|acné
Isotrétinoïne|D10BA01|cap:5 mg,10 mg,20 mg,40 mg|acné
Lidocaïne et prilocaïne|N01BB20|cr:5 %|anesthésie
Lidocaïne|N01BB02|em:700 mg|douleur zona
Glycérol, vaseline et paraffine||cr:15 %/8 %/2 %|peau sèche dexeryl
Chlorhexidine||bb:0,12 %;lo:0,5 %|antiseptique
Povidone iodée|D08AG02|lo:4 %,10 %|antiseptique bétadine
Sulfadiazine argentique|D06BA01|cr:1 %|brûlure plaie
Latanoprost|S01EE01|co:50 µg/mL|glaucome
Timolol (ophtalmique)|S01ED01|co:0,25 %,0,5 %|glaucome
Latanoprost et timolol|S01ED51|co:50 µg/5 mg par mL|glaucome
Dorzolamide|S01EC03|co:2 %|glaucome
Brimonidine (ophtalmique)|S01EA05|co:0,2 %|glaucome
Tobramycine (ophtalmique)|S01AA12|co:0,3 %;po2:0,3 %|conjonctivite
Azithromycine (ophtalmique)|S01AA26|co:1,5 %|conjonctivite
Rifamycine (ophtalmique)|S01AA16|co:1 000 000 UI|conjonctivite
Hyaluronate de sodium (larmes)|S01XA20|co:0,15 %,0,18 %|œil sec
Dexaméthasone (ophtalmique)|S01BA01|co:0,1 %|œil
Ofloxacine (auriculaire)|S02AA16|au:1,5 mg/0,5 mL|otite
Lidocaïne et phénazone|S02DA30|au:1 %/4 %|otite
Desmopressine|H01BA02|c:0,1 mg,0,2 mg;sl:60 µg,120 µg,240 µg|énurésie
Tixocortol (nasal)|R01AD07|na:1 %|rhinite`;
