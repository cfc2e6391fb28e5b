using System.ComponentModel.DataAnnotations;
using System.Text;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Handlers;

/// <summary>A key of the audit log's hash chain.</summary>
public sealed class HashKeyOptions
{
    /// <summary>The key's name. Each line that it signs has it as <c>key_id</c>.</summary>
    [Required]
    public string Id { get; set; } = "";

    /// <summary>The secret, whose UTF-8 bytes are the key of HMAC-SHA-256.</summary>
    [Required]
    public string Key { get; set; } = "";

    /// <summary>Converts the key for the chain.</summary>
    internal HashKey ToHashKey() => new(Id, Encoding.UTF8.GetBytes(Key));
}
