using System.Buffers;
using Microsoft.Extensions.Options;

namespace Zotify.Logging.Web.Security;

/// <summary>Validates the keys; every fault names its key of the configuration in full.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    private const int HexLength = 64;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var faults = options.ApiKeys.SelectMany((key, at) => Faults(key, $"{AccessOptions.Section}:{nameof(options.ApiKeys)}:{at}"))
            .Concat(options.ApiKeys.GroupBy(key => key.Name).Where(same => same.Key.Length > 0 && same.Count() > 1)
                .Select(same => $"{AccessOptions.Section}:{nameof(options.ApiKeys)}: the name '{same.Key}' is given twice; audit events could not tell the keys apart"))
            .ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ApiKeyOptions key, string path)
    {
        if (string.IsNullOrWhiteSpace(key.Name)) yield return $"{path}:{nameof(key.Name)}: a name is expected; it is the user of audit events";
        if (key.Sha256.Length != HexLength || key.Sha256.AsSpan().ContainsAnyExcept(Hex))
            yield return $"{path}:{nameof(key.Sha256)}: '{key.Sha256}': 64 hex digits are expected; 'key new --name <name> --scopes <scopes>' makes a key and prints them";
        if (key.Scopes.Count == 0) yield return $"{path}:{nameof(key.Scopes)}: at least one of {string.Join(", ", Scopes.All)} is expected";
        for (var i = 0; i < key.Scopes.Count; i++)
        {
            if (!Scopes.All.Contains(key.Scopes[i]))
                yield return $"{path}:{nameof(key.Scopes)}:{i}: '{key.Scopes[i]}' is no scope; use {string.Join(", ", Scopes.All)}";
        }
    }
}
