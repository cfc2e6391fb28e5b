using Microsoft.Playwright;

namespace Zotify.Logging.Tests.Web.Page.Support;

/// <summary>
/// An operator's hand: counts what it does. A choice from a list is two clicks, as with a mouse; a typed text is counted by its keys apart,
/// since its length is the operator's.
/// </summary>
internal sealed class Hand(OpenPage open)
{
    /// <summary>How often it clicked.</summary>
    public int Clicks { get; private set; }

    /// <summary>How many keys it pressed, without typed texts.</summary>
    public int Keys { get; private set; }

    /// <summary>How many texts it typed.</summary>
    public int Texts { get; private set; }

    public Task ClickAsync(string selector, string? text = null)
    {
        Clicks++;
        var found = open.Page.Locator(selector);
        return (text is null ? found : found.GetByText(text, new() { Exact = true })).First.ClickAsync();
    }

    public Task ButtonAsync(string name) => RoleAsync(AriaRole.Button, name);

    public Task LinkAsync(string name) => RoleAsync(AriaRole.Link, name);

    public Task MenuAsync(string name) => RoleAsync(AriaRole.Menuitem, name);

    public async Task ChooseAsync(string label, string option)
    {
        Clicks += 2;
        await open.Page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(option);
    }

    public Task PressAsync(params string[] keys)
    {
        Keys += keys.Length;
        return open.PressAsync(keys);
    }

    public Task TypeAsync(string text)
    {
        Texts++;
        return open.Page.Keyboard.TypeAsync(text);
    }

    private Task RoleAsync(AriaRole role, string name)
    {
        Clicks++;
        return open.Page.GetByRole(role, new() { Name = name, Exact = true }).First.ClickAsync();
    }
}
