using FsCheck;
using FsCheck.Fluent;
using LaborBridge.Domain;
using Xunit;

namespace LaborBridge.Tests.Unit.Domain;

public class Reading_a_phone
{
    [Theory]
    [InlineData("13800005678")]
    [InlineData("138 0000 5678")]
    [InlineData("138-0000-5678")]
    [InlineData("+86 138 0000 5678")]
    [InlineData("+86-13800005678")]
    [InlineData("008613800005678")]
    [InlineData("8613800005678")]
    [InlineData("１３８００００５６７８")]
    [InlineData("=\"13800005678\"")]
    [InlineData("13800005678.0")]
    public void takes_off_what_is_no_digit(string text)
    {
        var phone = Phone.Parse(text);
        Assert.Equal("13800005678", phone.Reveal());
        Assert.Equal("138****5678", phone.ToString());
        Assert.True(phone.IsMobile);
    }

    [Theory]
    [InlineData("0954-2012345", "09542012345")]
    [InlineData("(0592)2012345", "05922012345")]
    [InlineData("（0592）20123456", "059220123456")]
    [InlineData("400-800-1234", "4008001234")]
    public void accepts_lines(string text, string digits)
    {
        Assert.Equal(digits, Phone.Parse(text).Reveal());
        Assert.False(Phone.Parse(text).IsMobile);
    }

    [Theory]
    [InlineData(null, PhoneError.Missing)]
    [InlineData("1.38E+10", PhoneError.Destroyed)]
    [InlineData("无", PhoneError.Characters)]
    [InlineData("1380000567", PhoneError.Number)]
    [InlineData("12800005678", PhoneError.Number)]
    [InlineData("138000056789", PhoneError.Number)]
    public void refuses_with_the_reason(string? text, PhoneError expected)
    {
        Assert.False(Phone.TryParse(text, out var phone, out var error));
        Assert.Equal(expected, error);
        Assert.True(phone.IsEmpty);
    }

    [Theory]
    [InlineData("13800005678,13900001234")]
    [InlineData("13800005678，13900001234")]
    [InlineData("13800005678;13900001234")]
    [InlineData("13800005678； 13900001234 ")]
    [InlineData("13800005678/13900001234")]
    [InlineData("13800005678、13900001234、")]
    [InlineData("=\"13800005678,13900001234\"")]
    public void splits_a_cell_with_several(string text) => Assert.Equal(["13800005678", "13900001234"], Phone.Split(text));

    [Fact]
    public void splits_an_empty_cell_into_nothing() => Assert.Empty(Phone.Split(null));

    [Fact]
    public void masks_the_middle_and_round_trips() =>
        Prop.ForAll(Invention.Mobiles, text =>
        {
            var phone = Phone.Parse(text);
            return phone.Reveal() == text && phone.ToString() == $"{text[..3]}****{text[7..]}";
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void reads_any_text_without_throwing() =>
        Prop.ForAll<string?>(text => Phone.TryParse(text, out var phone, out var error) == (error == PhoneError.None) && phone.ToString() is not null).QuickCheckThrowOnFailure();
}

public class Reading_a_social_credit_code
{
    [Theory]
    [InlineData("91350100M0001TGQXM")]
    [InlineData("91350211M0000XUF46")]
    [InlineData("91350203M0001FUE2P")]
    public void warns_of_early_codes_whose_outer_check_fails(string text)
    {
        Assert.True(SocialCreditCode.TryParse(text, out var code, out var error), $"{error}");
        Assert.True(code.OuterCheckFailed);
        Assert.Equal(text, code.ToString());
    }

    [Theory]
    [InlineData("91350100M0001TGQXN", false)]
    [InlineData("９１３５０１００m0001tgqxm", true)]
    public void refuses_nothing_but_what_the_inner_check_refuses(string text, bool sameAsEarly)
    {
        Assert.True(SocialCreditCode.TryParse(text, out var code));
        Assert.Equal(sameAsEarly, code == SocialCreditCode.Parse("91350100M0001TGQXM"));
    }

    [Theory]
    [InlineData("", SocialCreditCodeError.Missing)]
    [InlineData("9.135E+17", SocialCreditCodeError.Destroyed)]
    [InlineData("91350100M0001TGQX", SocialCreditCodeError.Length)]
    [InlineData("91350100I0001TGQXM", SocialCreditCodeError.Characters)]
    [InlineData("9135010AM0001TGQXM", SocialCreditCodeError.Characters)]
    [InlineData("91350100M0001TGQ1M", SocialCreditCodeError.OrganisationCode)]
    public void refuses_with_the_reason(string text, SocialCreditCodeError expected)
    {
        Assert.False(SocialCreditCode.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void accepts_every_well_formed_code_without_warning() =>
        Prop.ForAll(Invention.SocialCreditCodes, text => SocialCreditCode.TryParse(text, out var code) && !code.OuterCheckFailed && code.ToString() == text)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void refuses_any_changed_digit_of_the_organisation_code() =>
        Prop.ForAll(Invention.SocialCreditCodes, Gen.Choose(8, 15).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (text, at, shift) =>
        {
            var changed = (char)('0' + ((text[at] - '0' + shift) % 10));
            return !SocialCreditCode.TryParse($"{text[..at]}{changed}{text[(at + 1)..]}", out _);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void warns_of_any_changed_digit_before_the_organisation_code() =>
        Prop.ForAll(Invention.SocialCreditCodes, Gen.Choose(2, 7).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (text, at, shift) =>
        {
            var changed = (char)('0' + ((text[at] - '0' + shift) % 10));
            return SocialCreditCode.TryParse($"{text[..at]}{changed}{text[(at + 1)..]}", out var code) && code.OuterCheckFailed;
        }).QuickCheckThrowOnFailure();
}
