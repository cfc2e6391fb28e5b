namespace Zotify.Logging.Tests.Web.Page.Support;

/// <summary>
/// A message that would have an effect if it were not shown as text: markup, a terminal's colours, and a reversed direction of text.
/// </summary>
internal static class Hostile
{
    public const string Message = "<img src=x onerror=document.title='forged'> \e[31mred\e[0m invoice\u202Efdp.exe";

    /// <summary>Asserts that it had no effect, and that invisible characters are shown by their codes.</summary>
    public static async Task AssertHarmlessAsync(OpenPage open)
    {
        StringAssert.EndsWith(await open.Page.TitleAsync(), "Zotify logging", StringComparison.Ordinal);
        Assert.AreEqual(0, await open.Page.Locator("main img").CountAsync());
        Assert.IsFalse(await open.Page.EvaluateAsync<bool>("/[\\u001b\\u202e]/.test(document.body.textContent)"));
        Assert.AreNotEqual(0, await open.Page.Locator("main .unseen").GetByText("U+202E").CountAsync());
        open.AssertNoComplaints();
    }
}
