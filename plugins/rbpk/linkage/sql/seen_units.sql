-- Units that an earlier run compared.
select prints.unit
from prints
semi join incoming on prints.left_1 = incoming.left_1 and prints.left_2 = incoming.left_2
