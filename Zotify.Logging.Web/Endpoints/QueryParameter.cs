namespace Zotify.Logging.Web.Endpoints;

/// <summary>A parameter that an endpoint takes: what <see cref="QueryReader"/> accepts and the API description shows.</summary>
/// <param name="Name">The name; one that ends with <c>*</c> stands for all that begin so.</param>
/// <param name="Description">What it does, with its default.</param>
internal readonly record struct QueryParameter(string Name, string Description)
{
    /// <summary>Whether a request's parameter is this one.</summary>
    public bool Matches(string name) => Name.EndsWith('*')
        ? name.Length >= Name.Length && name.StartsWith(Name[..^1], StringComparison.OrdinalIgnoreCase)
        : string.Equals(name, Name, StringComparison.OrdinalIgnoreCase);
}
