using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.Configuration;

/// <summary>A section of <c>Logging:Zotify</c> that an integration added. Immutable.</summary>
/// <param name="name">Its key.</param>
/// <param name="type">The type of the options that are bound to it.</param>
internal sealed class RegisteredSection(string name, [DynamicallyAccessedMembers(OptionTypes.Kept)] Type type)
{
    /// <summary>Its key.</summary>
    public string Name => name;

    /// <summary>The type of the options that are bound to it.</summary>
    [DynamicallyAccessedMembers(OptionTypes.Kept)]
    public Type Type => type;
}
