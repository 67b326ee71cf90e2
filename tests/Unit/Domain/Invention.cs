using FsCheck;
using FsCheck.Fluent;
using LaborBridge.Domain;

namespace LaborBridge.Tests.Unit.Domain;

/// <summary>Generators of invented values.</summary>
static class Invention
{
    internal static Gen<DateOnly> DayGen { get; } = Gen.Choose(new DateOnly(1900, 1, 1).DayNumber, new DateOnly(2099, 12, 31).DayNumber).Select(DateOnly.FromDayNumber);

    internal static Arbitrary<DateOnly> Days { get; } = DayGen.ToArbitrary();

    internal static Arbitrary<string> ResidentIds { get; } =
        (from prefix in Gen.Elements("649901", "642223", "642126", "350203", "110105")
         from birth in DayGen
         from order in Gen.Choose(0, 999)
         let first = $"{prefix}{birth:yyyyMMdd}{order:000}"
         select first + ResidentId.CheckDigit(first)).ToArbitrary();

    internal static Arbitrary<string> Mobiles { get; } =
        (from second in Gen.Choose(3, 9) from rest in Gen.Choose(0, 999_999_999) select $"1{second}{rest:000000000}").ToArbitrary();

    internal static Arbitrary<string> SocialCreditCodes { get; } =
        (from digits in Gen.Choose(0, 9).ArrayOf(8)
         from division in Gen.Elements("640422", "350203", "350100")
         let organisation = string.Concat(digits)
         let first = $"91{division}{organisation}{SocialCreditCode.OrganisationCheckDigit(organisation)}"
         select first + SocialCreditCode.CheckDigit(first)).ToArbitrary();

    internal static Gen<DivisionCode> DivisionGen { get; } =
        from length in Gen.Elements(2, 4, 6, 9, 12)
        from tail in Gen.Elements("640422101201", "640422103200", "640121104200", "350205001002", "350181100201", "640402001001", "642223100200")
        select DivisionCode.Parse(tail[..length]);

    internal static Arbitrary<DivisionCode> Divisions { get; } = DivisionGen.ToArbitrary();

    internal static Arbitrary<Money> Amounts { get; } = Gen.Choose(-100_000_000, 100_000_000).Select(fen => new Money(fen)).ToArbitrary();

    internal static Arbitrary<Period> Periods { get; } =
        (from start in Gen.Choose(0, 400)
         from length in Gen.Choose(-1, 300)
         let first = new DateOnly(2026, 1, 1).AddDays(start)
         select length < 0 ? new Period(first, to: null) : new Period(first, first.AddDays(length))).ToArbitrary();
}
