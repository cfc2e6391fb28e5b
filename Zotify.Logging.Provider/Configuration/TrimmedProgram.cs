using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.Configuration;

/// <summary>What a program that is trimmed or compiled ahead of time can no longer do. Its publish answers for it, and so drops the code.</summary>
internal static class TrimmedProgram
{
    private const string Switch = "Zotify.Logging.BindsAnyType";

    /// <summary>
    /// Whether a type that only the running program names still has all its members: then options of any type can be bound. A trimmed
    /// program keeps the members of handlers' options, and of the types in <see cref="OptionTypes.Section"/>.
    /// </summary>
    [FeatureSwitchDefinition(Switch)]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
#pragma warning disable IL4000 // The guard is not computed where it matters: the publish of a trimmed program puts false in its place.
    public static bool BindsAnyType => !AppContext.TryGetSwitch(Switch, out var isOn) || isOn;
#pragma warning restore IL4000
}
