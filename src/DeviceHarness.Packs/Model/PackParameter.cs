namespace DeviceHarness.Packs.Model;

/// <summary>A value of a pack that whoever runs it may choose.</summary>
/// <param name="Name">Its name: <c>${parameter.name}</c> stands for the value.</param>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Value">The value in force, as it was written.</param>
/// <param name="Default">The value when none is given.</param>
/// <param name="IsGiven">Whether the value was given with the run, or by the pack that includes this one.</param>
/// <param name="Allowed">What may be given, in words.</param>
/// <param name="Description">What the value decides.</param>
public sealed record PackParameter(
    string Name, ParameterKind Kind, string Value, string Default, bool IsGiven, string Allowed, string Description);

/// <summary>The kinds of values that a pack's parameter may have.</summary>
public enum ParameterKind
{
    /// <summary>Any text of one line.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>A duration such as <c>5s</c>.</summary>
    Duration,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,
}
