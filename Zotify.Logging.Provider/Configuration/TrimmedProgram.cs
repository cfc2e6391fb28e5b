using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.Configuration;

/// <summary>Whether the program is trimmed or compiled ahead of time, and so lacks reflection.</summary>
internal static class TrimmedProgram
{
    /// <summary>
    /// Whether types whose names are known only at run time have all their members, so that options of any type can be bound. Publishing a
    /// trimmed program replaces this by <see langword="false"/>, and removes the code behind it. Such a program keeps the members of
    /// handlers' options, and of the types in <see cref="OptionTypes.Section"/>.
    /// </summary>
#pragma warning disable IL4000 // The analyzer cannot see that: it compares the body with guards of the runtime's own.
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    public static bool BindsAnyType => true;
#pragma warning restore IL4000
}
