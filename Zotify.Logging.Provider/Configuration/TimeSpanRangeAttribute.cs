using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Requires a time span in a range, both ends included, or <see langword="null"/>. <see cref="RangeAttribute"/> finds its types by
/// reflection, which a trimmed program may lack.
/// </summary>
/// <param name="minimum">The shortest, in the constant format.</param>
/// <param name="maximum">The longest.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeSpanRangeAttribute(string minimum, string maximum) : ValidationAttribute
{
    private readonly TimeSpan _minimum = TimeSpan.Parse(minimum, CultureInfo.InvariantCulture);
    private readonly TimeSpan _maximum = TimeSpan.Parse(maximum, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || (value is TimeSpan span && span >= _minimum && span <= _maximum);

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) => $"The field {name} must be between {_minimum} and {_maximum}.";
}
