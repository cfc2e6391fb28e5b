using System.Text;
using System.Text.RegularExpressions;

namespace Zotify.Logging.AspNetCore.Endpoints.Page;

/// <summary>
/// Joins the page's modules into one, so that a browser asks for one file and not for dozens. Each module becomes a function that returns
/// what the module exports. It understands the forms of imports and exports that the page's modules have, each on a line of its own.
/// </summary>
internal static partial class ModuleBundle
{
    /// <summary>Joins modules.</summary>
    /// <param name="modules">The text of each module, by its name without folder and extension.</param>
    /// <param name="main">The name of the module that starts the page.</param>
    /// <exception cref="InvalidOperationException">A module imports one that does not exist, or itself in the end.</exception>
    public static string Of(IReadOnlyDictionary<string, string> modules, string main)
    {
        var joined = new StringBuilder();
        var states = new Dictionary<string, bool>(StringComparer.Ordinal);
        Add(main, modules, states, joined);
        return joined.ToString();
    }

    private static void Add(
        string name, IReadOnlyDictionary<string, string> modules, Dictionary<string, bool> areAdded, StringBuilder joined)
    {
        if (areAdded.TryGetValue(name, out var isAdded))
        {
            if (!isAdded) throw new InvalidOperationException($"The module {name} imports itself, directly or through others.");
            return;
        }

        if (!modules.TryGetValue(name, out var text)) throw new InvalidOperationException($"There is no module {name}.");
        areAdded[name] = false;
        foreach (Match import in Import().Matches(text)) Add(import.Groups["module"].Value, modules, areAdded, joined);
        areAdded[name] = true;
        var exports = string.Join(", ", Export().Matches(text).Select(export => export.Groups["name"].Value));
        var body = Import().Replace(
            text, import => $"const {{ {import.Groups["names"].Value} }} = {Variable(import.Groups["module"].Value)};");
        body = Export().Replace(body, "${declaration}");
        joined.Append("const ").Append(Variable(name)).Append(" = (() => {\n").Append(body)
            .Append("\nreturn { ").Append(exports).Append(" };\n})();\n");
    }

    private static string Variable(string module) => $"${module.Replace('-', '_')}";

    [GeneratedRegex(@"^import \{ (?<names>[^}]+) \} from '\./(?<module>[a-z-]+)\.js';", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^export (?<declaration>(?:async function|function|class|const) (?<name>\w+))", RegexOptions.Multiline)]
    private static partial Regex Export();
}
