using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.Configuration;

/// <summary>What a program that is trimmed or compiled ahead of time can no longer do.</summary>
internal static class TrimmedProgram
{
    /// <summary>
    /// Whether a type that only the running program names still has all its members: then options of any type can be bound. The publish
    /// of a trimmed program puts <see langword="false"/> in its place and leaves out the code that asks for it. Such a program keeps the
    /// members of handlers' options, and of the types in <see cref="OptionTypes.Section"/>.
    /// </summary>
#pragma warning disable IL4000 // The analyzer cannot see that: it compares the body with guards of the runtime's own.
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    public static bool BindsAnyType => true;
#pragma warning restore IL4000
}
