namespace Zotify.Logging.Capture;

/// <summary>
/// Removes redacted values from a formatted text, where only the values that went into it are known. Replaces just the value where its
/// position is certain, otherwise the whole line.
/// </summary>
/// <remarks>
/// A line <c>Name: value</c>, the layout of headers in ASP.NET Core and HttpClient, is recognised by its name. Every other line is searched
/// for the value's text: as it is, and as JSON, HTML, URLs and Base64 spell it. A line that has only a part of the value, or has it within
/// another word, is replaced as a whole. Where a limit hides the value from this search, every line that no other value explains is
/// replaced. What a formatter makes of a value beyond that is not recognised, like a value's own <c>ToString</c>.
/// </remarks>
internal sealed class TextRedaction
{
    /// <summary>Parts of a shorter text are not searched for: they appear in many texts by accident.</summary>
    private const int ShortestOfParts = 8;

    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);
    private readonly HashSet<string> _explained = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Text)> _hidden = [];

    // Matches so far: hidden texts, and the names of lines.
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lines = new(StringComparer.Ordinal);
    private readonly bool _isUnknown;

    /// <param name="logged">The values that went into the text.</param>
    public TextRedaction(LoggedState logged)
    {
        _isUnknown = logged.IsCut;
        foreach (var value in logged.Values)
        {
            if (value.Shown is { } shown)
            {
                _shown[value.Name] = shown;
                var hidden = HiddenTexts.Of(value.Name, value.Value, logged.Redactor);
                _isUnknown |= !hidden.IsWhole;
                foreach (var text in hidden.Texts) _hidden.Add((value.Name, text));
            }
            else
            {
                foreach (var text in HiddenTexts.Plain(value.Value)) _explained.Add($"{value.Name}: {text}");
            }
        }

        // The longest first: one text may be a part of another.
        _hidden.Sort(static (a, b) => b.Text.Length.CompareTo(a.Text.Length));
    }

    /// <summary>The text without the values.</summary>
    /// <param name="text">The formatter's text.</param>
    /// <param name="notFound">The names of redacted values that are not in it.</param>
    public string Apply(string text, out IReadOnlyList<string> notFound)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var end = lines[i].EndsWith('\r') ? "\r" : "";
            lines[i] = Line(lines[i][..^end.Length]) + end;
        }

        var found = _hidden.Where(hidden => _found.Contains(hidden.Text)).Select(hidden => hidden.Name).Concat(_lines);
        notFound = [.. _hidden.Select(hidden => hidden.Name).Except(found)];
        return string.Join('\n', lines);
    }

    private string Line(string line)
    {
        if (line.Length == 0 || _explained.Contains(line)) return line;
        var name = line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? line[..colon] : null;
        var own = name is not null && _shown.TryGetValue(name, out var shown) ? $"{name}: {shown}" : null;
        var value = name is null ? line : line[(name.Length + 1)..].Trim();
        if (own is not null && _hidden.Exists(hidden => hidden.Name == name && hidden.Text == value)) return Found(name!, own);
        var isCertain = TryReplace(line, out var replaced);
        if (isCertain && replaced != line) return replaced;
        if (own is not null) return Found(name!, own);
        return isCertain && !_isUnknown ? line : Redactor.Mark;
    }

    private string Found(string name, string line)
    {
        _lines.Add(name);
        return line;
    }

    /// <summary>Replaces every value by the mark.</summary>
    /// <returns>False where the replacement would leave a part of a value visible.</returns>
    private bool TryReplace(string line, out string replaced)
    {
        replaced = line;
        foreach (var (_, text) in _hidden)
        {
            // From the end, so that earlier occurrences do not move.
            for (var at = LastOf(text, replaced, replaced.Length); at >= 0; at = LastOf(text, replaced, at))
            {
                if (IsInMark(replaced, at)) continue;
                _found.Add(text);
                if (!StandsAlone(replaced, at, text.Length)) return false;
                replaced = string.Concat(replaced.AsSpan(0, at), Redactor.Mark, replaced.AsSpan(at + text.Length));
            }
        }

        var rest = replaced.Replace(Redactor.Mark, "\n", StringComparison.Ordinal);
        return !_hidden.Exists(hidden => HasPart(rest, hidden.Text));
    }

    private static int LastOf(string text, string line, int end) =>
        line.AsSpan(0, end).LastIndexOf(text, StringComparison.OrdinalIgnoreCase);

    private static bool IsInMark(string line, int at)
    {
        var from = Math.Max(0, at - Redactor.Mark.Length + 1);
        return line.AsSpan(from, Math.Min(line.Length, at + Redactor.Mark.Length) - from).Contains(Redactor.Mark, StringComparison.Ordinal);
    }

    private static bool StandsAlone(string line, int at, int length) =>
        !(at > 0 && char.IsLetterOrDigit(line[at - 1]) && char.IsLetterOrDigit(line[at]))
        && !(at + length < line.Length && char.IsLetterOrDigit(line[at + length]) && char.IsLetterOrDigit(line[at + length - 1]));

    /// <summary>Whether the line has a large part of the value, for example because it was cut.</summary>
    private static bool HasPart(string line, string text)
    {
        if (text.Length < ShortestOfParts) return false;
        var length = text.Length / (text.Length < 2 * ShortestOfParts ? 2 : 4);
        for (var at = 0; at + length <= text.Length; at += length)
            if (line.AsSpan().Contains(text.AsSpan(at, length), StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
