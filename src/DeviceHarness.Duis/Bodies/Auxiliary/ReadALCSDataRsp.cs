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

    /// <summary>When they are switched; null when the answer does not tell.</summary>
    public AuxiliaryLoadCalendar? Calendar { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadALCSDataRsp";

    /// <inheritdoc/>
    /// <remarks><c>AuxiliaryLoadControlSwitch[2].State</c> is the state of the switch with the number 2; <c>ALCSScheduler</c> and
    /// <c>ALCSHCALCSSpecialDays</c> are the whole schedule and all special days on one line each, or <c>none</c>.</remarks>
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

            if (Calendar is { } calendar)
            {
                values.Add("ALCSScheduler", Line(calendar.SwitchTimes))
                    .Add("ALCSScheduler.Count", calendar.SwitchTimes.Count)
                    .Add("ALCSHCALCSSpecialDays", Line(calendar.SpecialDays))
                    .Add("ALCSHCALCSSpecialDays.Count", calendar.SpecialDays.Count);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ReadALCSDataRsp? other) => other is not null && MessageSuccess == other.MessageSuccess
        && Switches.SequenceEqual(other.Switches) && Calendar == other.Calendar;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Switches.Count, Calendar);

    private static string Line<T>(ValueList<T> items) => items.Count == 0 ? "none" : string.Join("; ", items);
}
