using FsCheck;
using FsCheck.Fluent;
using LaborBridge.Domain;
using Xunit;

namespace LaborBridge.Tests.Unit.Domain;

public class Reading_a_resident_id
{
    const string Invented = "649901199003070025";

    [Theory]
    [InlineData("11010519491231002X")]
    [InlineData("440524188001010014")]
    public void accepts_the_standards_own_examples(string text) => Assert.Equal(text, ResidentId.Parse(text).Reveal());

    [Theory]
    [InlineData("11010519491231002x")]
    [InlineData(" 110105 19491231 002X ")]
    [InlineData("１１０１０５１９４９１２３１００２ｘ")]
    [InlineData("=\"11010519491231002X\"")]
    [InlineData("'11010519491231002X")]
    [InlineData("\u3000110105\u00A019491231002X\t")]
    [InlineData("\u202D11010519491231002X\u202C")]
    public void repairs_what_people_and_sheets_write(string text) => Assert.Equal("11010519491231002X", ResidentId.Parse(text).Reveal());

    [Theory]
    [InlineData(null, ResidentIdError.Missing)]
    [InlineData("  ", ResidentIdError.Missing)]
    [InlineData("=\"\"", ResidentIdError.Missing)]
    [InlineData("6.42223E+17", ResidentIdError.Destroyed)]
    [InlineData("6.42223e+17", ResidentIdError.Destroyed)]
    [InlineData("649901199003070000", ResidentIdError.Destroyed)]
    [InlineData("64990119900307002", ResidentIdError.Length)]
    [InlineData("649901900307002", ResidentIdError.Length)]
    [InlineData("6499011990030700211", ResidentIdError.Length)]
    [InlineData("64990119900307X021", ResidentIdError.Characters)]
    [InlineData("64990119900307002Y", ResidentIdError.Characters)]
    [InlineData("649901199002300021", ResidentIdError.BirthDate)]
    [InlineData("649901199013070021", ResidentIdError.BirthDate)]
    [InlineData("649901000003070021", ResidentIdError.BirthDate)]
    [InlineData("649901199003070022", ResidentIdError.Checksum)]
    public void refuses_with_the_reason(string? text, ResidentIdError expected)
    {
        Assert.False(ResidentId.TryParse(text, out var id, out var error));
        Assert.Equal(expected, error);
        Assert.True(id.IsEmpty);
    }

    [Fact]
    public void accepts_abolished_prefixes()
    {
        var text = "64222319900101123";
        Assert.True(ResidentId.TryParse(text + ResidentId.CheckDigit(text), out _));
    }

    [Theory]
    [InlineData("64990119900307002543")]
    [InlineData("64990119900307002543B1")]
    public void identifies_disability_certificates_on_the_first_18(string text)
    {
        var id = ResidentId.Parse(text);
        Assert.Equal(Invented, id.RevealCore());
        Assert.Equal(text, id.Reveal());
        Assert.Equal("649901********0025", id.ToString());
        Assert.True(id.IsDisabilityCertificate);
    }

    [Fact]
    public void knows_birth_sex_and_age()
    {
        var id = ResidentId.Parse(Invented);
        Assert.Equal(new DateOnly(1990, 3, 7), id.BirthDate);
        Assert.Equal(1990, id.BirthYear);
        Assert.Equal(Sex.Female, id.Sex);
        Assert.Equal(Sex.Male, ResidentId.Parse("440524188001010014").Sex);
        Assert.Equal(35, id.AgeOn(new DateOnly(2026, 3, 6)));
        Assert.Equal(36, id.AgeOn(new DateOnly(2026, 3, 7)));
        Assert.Equal(new DateOnly(2008, 3, 7), id.Turns18On);
    }

    [Fact]
    public void keeps_the_number_out_of_text_and_messages()
    {
        Assert.Equal("649901********0025", $"{ResidentId.Parse(Invented)}");
        var error = Assert.Throws<FormatException>(() => ResidentId.Parse("649901199003070022"));
        Assert.DoesNotContain("1990", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void default_is_empty_and_reveals_nothing()
    {
        Assert.True(default(ResidentId).IsEmpty);
        Assert.Equal("", default(ResidentId).ToString());
        Assert.Throws<InvalidOperationException>(() => default(ResidentId).Reveal());
    }

    [Fact]
    public void round_trips_every_valid_number() =>
        Prop.ForAll(Invention.ResidentIds, text => ResidentId.Parse(text).Reveal() == text).QuickCheckThrowOnFailure();

    [Fact]
    public void refuses_any_change_of_one_character() =>
        Prop.ForAll(Invention.ResidentIds, Gen.Choose(0, 17).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (text, at, shift) =>
        {
            var old = text[at] == 'X' ? 10 : text[at] - '0';
            var changed = (char)('0' + ((old + shift) % 10));
            return changed == text[at] || !ResidentId.TryParse($"{text[..at]}{changed}{text[(at + 1)..]}", out _);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void refuses_any_exchange_of_neighbours() =>
        Prop.ForAll(Invention.ResidentIds, Gen.Choose(0, 16).ToArbitrary(), (text, at) =>
            text[at] == text[at + 1] || !ResidentId.TryParse($"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}", out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void never_shows_the_middle_digits() =>
        Prop.ForAll(Invention.ResidentIds, text =>
        {
            var masked = ResidentId.Parse(text).ToString();
            return masked.Length == 18 && masked[6..14] == "********" && masked[..6] == text[..6] && masked[14..] == text[14..];
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void reads_any_text_without_throwing() =>
        Prop.ForAll<string?>(text => ResidentId.TryParse(text, out var id, out var error) == (error == ResidentIdError.None) && id.IsEmpty == (error != ResidentIdError.None))
            .QuickCheckThrowOnFailure();
}
