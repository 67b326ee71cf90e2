using LaborBridge.Employers.Papers;
using Xunit;

namespace LaborBridge.Tests.Unit.Employers;

public sealed class Naming_a_paper
{
    [Theory]
    [InlineData("营业执照.PDF", "营业执照.pdf")]
    [InlineData("run.bat", "run.pdf")]
    [InlineData("a\"; filename=\"b.exe", "a__ filename=_b.pdf")]
    [InlineData("照片\u202Efdp.exe", "照片_fdp.pdf")]
    [InlineData("line\r\nSet-Cookie: x", "line__Set-Cookie_ x.pdf")]
    [InlineData(".pdf", "paper.pdf")]
    [InlineData("", "paper.pdf")]
    [InlineData("..", "paper.pdf")]
    [InlineData("𠮷田商店.jpg", "𠮷田商店.pdf")]
    public void keeps_only_what_is_safe_and_says_what_the_file_is(string given, string name) => Assert.Equal(name, Paper.NameOf(given, PaperFormat.Pdf));

    [Fact]
    public void cuts_what_is_long() => Assert.Equal(new string('长', 80) + ".jpg", Paper.NameOf(new string('长', 500), PaperFormat.Jpeg));
}
