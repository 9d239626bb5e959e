using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>The answer to SRV 7.7. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadALCSDataRsp.</remarks>
public sealed record ReadALCSDataRsp : SrvResponseBody
{
    /// <summary>The most switches of a meter.</summary>
    public const int MaxSwitches = 5;

    /// <summary>The switches; empty when the answer has none.</summary>
    public IReadOnlyList<AuxiliaryLoadControlSwitch> Switches { get; init; } = [];

    /// <summary>Special days and switching schedule, each element as it came; empty when there are none.</summary>
    public IReadOnlyList<string> ScheduleXml { get; init; } = [];

    /// <inheritdoc/>
    public override string ElementName => "ReadALCSDataRsp";

    /// <inheritdoc/>
    /// <remarks><c>AuxiliaryLoadControlSwitch[2].State</c> is the state of the switch with the number 2.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this).Add("AuxiliaryLoadControlSwitch.Count", Switches.Count);
            bool hasNumbers = Switches.All(load => load.Index is not null)
                && Switches.Select(load => load.Index).Distinct().Count() == Switches.Count;
            for (int place = 0; place < Switches.Count; place++)
            {
                AuxiliaryLoadControlSwitch load = Switches[place];
                string path = string.Create(
                    CultureInfo.InvariantCulture, $"AuxiliaryLoadControlSwitch[{(hasNumbers ? load.Index : place + 1)}]");
                values.Add($"{path}.Description", load.Description).Add($"{path}.State", load.State);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ReadALCSDataRsp? other) => other is not null && MessageSuccess == other.MessageSuccess
        && Switches.SequenceEqual(other.Switches) && ScheduleXml.SequenceEqual(other.ScheduleXml);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Switches.Count, ScheduleXml.Count);
}
