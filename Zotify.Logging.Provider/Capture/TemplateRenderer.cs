using System.Collections;
using System.Globalization;
using System.Text;
using Zotify.Logging.Common;
using Zotify.Logging.Projection;

namespace Zotify.Logging.Capture;

/// <summary>
/// Renders a message template with values that were snapshot already, as Microsoft.Extensions.Logging's formatter would:
/// used where that formatter must not see a value (redaction) or failed on one.
/// </summary>
/// <remarks>Format of the holes, <c>{name[,alignment][:format]}</c> with <c>{{</c> and <c>}}</c> as braces: messagetemplates.org.</remarks>
internal static class TemplateRenderer
{
    /// <summary>The text of the template. A hole without a value stays as it is.</summary>
    public static string Render(string template, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var text = new StringBuilder(template.Length + 32);
        var at = 0;
        while (at < template.Length)
        {
            var brace = template.AsSpan(at).IndexOfAny('{', '}');
            if (brace < 0) break;
            text.Append(template, at, brace);
            at += brace;
            if (at + 1 < template.Length && template[at + 1] == template[at])
            {
                text.Append(template[at]);
                at += 2;
                continue;
            }

            var end = template[at] == '{' ? template.IndexOf('}', at) : -1;
            if (end < 0) text.Append(template[at++]);
            else
            {
                AppendHole(text, template[at..(end + 1)], values);
                at = end + 1;
            }
        }

        return text.Append(template, at, template.Length - at).ToString();
    }

    private static void AppendHole(StringBuilder text, string hole, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var inner = hole.AsSpan(1, hole.Length - 2);
        var colon = inner.IndexOf(':');
        var format = colon < 0 ? null : inner[(colon + 1)..].ToString();
        var head = colon < 0 ? inner : inner[..colon];
        var comma = head.IndexOf(',');
        var name = (comma < 0 ? head : head[..comma]).Trim().ToString();
        _ = int.TryParse(comma < 0 ? default : head[(comma + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var width);

        for (var i = 0; i < values.Count; i++)
        {
            // A source-generated template may spell a parameter's name in another case.
            if (!string.Equals(values[i].Key, name, StringComparison.OrdinalIgnoreCase)) continue;
            var value = Text(values[i].Value, format);
            width = Math.Clamp(width, -TextLimits.MaxLength, TextLimits.MaxLength);
            text.Append(width < 0 ? value.PadRight(-width) : value.PadLeft(width));
            return;
        }

        text.Append(hole);
    }

    private static string Text(object? value, string? format)
    {
        try
        {
            return value switch
            {
                null => "(null)",
                string text => text,
                KeyValuePair<string, object?> pair => $"[{pair.Key}, {Text(pair.Value, null)}]",
                IFormattable formattable => formattable.ToString(format, CultureInfo.InvariantCulture),
                IEnumerable items => string.Join(", ", items.Cast<object?>().Select(item => Text(item, null))),
                _ => value.ToString() ?? "",
            };
        }
        catch (FormatException)
        {
            return Text(value, null);
        }
    }
}
