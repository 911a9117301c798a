"""Values of the domain: identity numbers, regions, periods, money, dates; standard library only."""
