using LaborBridge.Domain;
using Xunit;

namespace LaborBridge.Tests.Unit.Domain;

public sealed class Reading_and_writing_cells
{
    [Theory]
    [InlineData('\u200B')]
    [InlineData('\u200F')]
    [InlineData('\u202E')]
    [InlineData('\u2060')]
    [InlineData('\u2066')]
    [InlineData('\u2069')]
    [InlineData('\u061C')]
    [InlineData('\u00AD')]
    [InlineData('\uFEFF')]
    public void leaves_out_what_nobody_sees(char mark)
    {
        Assert.Equal("马燕", Cells.Word($"{mark}马{mark}燕{mark}"));
        Assert.Equal("64990119900307002X", Cells.Identifier($"{mark}649901{mark}19900307002x{mark}"));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+cmd|' /C calc'!A0")]
    [InlineData("-2+3+cmd|' /C calc'!A0")]
    [InlineData("@SUM(1,2)")]
    [InlineData("=1-2")]
    [InlineData("\t=1+1")]
    [InlineData("\tA")]
    [InlineData("\rA")]
    [InlineData("\nA")]
    [InlineData("  =HYPERLINK(\"http://x\")")]
    [InlineData("\u200B=cmd|x")]
    [InlineData("\uFEFF\u202E+cmd|x")]
    [InlineData("＝cmd|x")]
    [InlineData("＋cmd|x")]
    [InlineData("－cmd|x")]
    [InlineData("＠SUM(1)")]
    public void lets_no_formula_leave(string text) => Assert.Equal("'" + text, Cells.Harmless(text));

    [Theory]
    [InlineData("")]
    [InlineData("马燕")]
    [InlineData("+86 13800000000")]
    [InlineData("-3.5")]
    [InlineData("'=1+1")]
    [InlineData("a=b")]
    public void leaves_other_text_as_it_is(string text) => Assert.Equal(text, Cells.Harmless(text));

    [Theory]
    [InlineData("#REF!")]
    [InlineData(" #n/a ")]
    [InlineData("#DIV/0!")]
    [InlineData("#NAME?")]
    [InlineData("########")]
    public void knows_formulas_that_failed(string text)
    {
        Assert.True(Cells.IsFormulaError(text));
        Assert.False(Cells.IsFormulaError("马" + text));
    }
}
