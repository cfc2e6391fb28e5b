using System.Globalization;

namespace Zotify.Logging.Formats;

/// <summary>
/// The names of rolled files: <c>zotify_api.log</c> rolls to <c>zotify_api.000001.log</c>, and so on. After 999999 there are more digits,
/// so the numbers decide the order, not the names.
/// </summary>
/// <param name="activeName">The name of the active file, without its folder.</param>
internal sealed class RolledNames(string activeName)
{
    private readonly string _stem = Path.GetFileNameWithoutExtension(activeName) + ".";
    private readonly string _extension = Path.GetExtension(activeName);

    /// <summary>A search pattern that matches every rolled name, and others as well.</summary>
    public string Pattern => $"{_stem}*{_extension}";

    /// <summary>The name with a number.</summary>
    public string Of(long number) => string.Create(CultureInfo.InvariantCulture, $"{_stem}{number:D6}{_extension}");

    /// <summary>The number of a rolled name; <see langword="null"/> for any other name.</summary>
    public long? NumberOf(string name)
    {
        var digits = name.Length - _stem.Length - _extension.Length;
        return digits >= 6
            && name.StartsWith(_stem, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(_stem.Length, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && name == Of(number)
            ? number
            : null;
    }
}
