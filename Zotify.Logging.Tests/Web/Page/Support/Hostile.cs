namespace Zotify.Logging.Tests.Web.Page.Support;

/// <summary>
/// A message that would do something, were it not shown as text: markup, a terminal's colours, and a turned direction of writing.
/// </summary>
internal static class Hostile
{
    public const string Message = "<img src=x onerror=document.title='forged'> \e[31mred\e[0m invoice\u202Efdp.exe";

    /// <summary>Says that it did nothing, and that what is not seen is shown by its code.</summary>
    public static async Task AssertHarmlessAsync(OpenPage open)
    {
        StringAssert.EndsWith(await open.Page.TitleAsync(), "Zotify logging", StringComparison.Ordinal);
        Assert.AreEqual(0, await open.Page.Locator("main img").CountAsync());
        Assert.IsFalse(await open.Page.EvaluateAsync<bool>("/[\\u001b\\u202e]/.test(document.body.textContent)"));
        Assert.AreNotEqual(0, await open.Page.Locator("main .unseen").GetByText("U+202E").CountAsync());
        open.AssertNoComplaints();
    }
}
