using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>The answer to SRV 7.11. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadBoostButtonDetailsRsp.</remarks>
public sealed record ReadBoostButtonDetailsRsp : SrvResponseBody
{
    /// <summary>The most uses that an answer lists.</summary>
    public const int MaxEvents = 25;

    /// <summary>How many switches a boost button can act on.</summary>
    public const int Controls = 5;

    /// <summary>The uses of the boost function; empty when the answer lists none.</summary>
    public IReadOnlyList<BoostPeriod> Events { get; init; } = [];

    /// <summary>Whether the meter has a boost function; null when absent.</summary>
    public bool? BoostFunctionAvailability { get; init; }

    /// <summary>Whether the button acts on switch 1, 2 and so on, at most <see cref="Controls"/>; null where absent.</summary>
    public IReadOnlyList<bool?> BoostFunctionControlValues { get; init; } = [];

    /// <inheritdoc/>
    public override string ElementName => "ReadBoostButtonDetailsRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this).Add("BoostFunctionAvailability", BoostFunctionAvailability)
                .Add("EventLogEntry.Count", Events.Count);
            for (int control = 0; control < BoostFunctionControlValues.Count; control++)
            {
                values.Add(ControlName(control), BoostFunctionControlValues[control]);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ReadBoostButtonDetailsRsp? other) => other is not null && MessageSuccess == other.MessageSuccess
        && BoostFunctionAvailability == other.BoostFunctionAvailability && Events.SequenceEqual(other.Events)
        && BoostFunctionControlValues.SequenceEqual(other.BoostFunctionControlValues);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(MessageSuccess, BoostFunctionAvailability, Events.Count, BoostFunctionControlValues.Count);

    /// <summary>The element of a switch, counted from 0.</summary>
    internal static string ControlName(int control) =>
        string.Create(CultureInfo.InvariantCulture, $"BoostFunctionControl{control + 1}Value");
}
