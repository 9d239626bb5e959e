using System.Globalization;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.7: reads the auxiliary load control switches, and their special days and schedule where the profile names them.
/// Switching times that are disabled are left out.</summary>
[Srv("7.7")]
internal sealed class ReadALCSDataHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    private const int DescriptionCharacters = 22;

    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        List<AuxiliaryLoadControlSwitch> switches = [];
        for (int index = 1; index <= ReadALCSDataRsp.MaxSwitches; index++)
        {
            string number = index.ToString(CultureInfo.InvariantCulture);
            if (values.Has($"State{number}"))
            {
                string? description = await values.TextAsync($"Description{number}", DescriptionCharacters, cancellationToken)
                    .ConfigureAwait(false);
                bool? state = await values.TruthAsync($"State{number}", cancellationToken).ConfigureAwait(false);
                switches.Add(new AuxiliaryLoadControlSwitch(index, description, state));
            }
        }

        return new ReadALCSDataRsp
        {
            MessageSuccess = true,
            Switches = switches,
            Calendar = await CalendarAsync(values, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadALCSDataRsp { MessageSuccess = false };

    private static async Task<AuxiliaryLoadCalendar?> CalendarAsync(ReadValues values, CancellationToken cancellationToken)
    {
        DlmsData? special = await values.DataAsync(ReadFields.ScheduleSpecialDays, cancellationToken).ConfigureAwait(false);
        if (await values.DataAsync(ReadFields.Schedule, cancellationToken).ConfigureAwait(false) is not { } schedule)
        {
            return null;
        }

        ValueList<AuxiliaryLoadSpecialDay> days = special is null
            ? []
            : CalendarTables.All(special, AuxiliaryLoadCalendar.MaxSpecialDays, CalendarTables.AuxiliaryDay)
                ?? throw values.Unexpected(ReadFields.ScheduleSpecialDays, "a table of special days that no answer can hold");
        IReadOnlyDictionary<long, LoadScript> scripts = values.ScriptsOf(ReadFields.Schedule);
        return new AuxiliaryLoadCalendar(
            days,
            CalendarTables.All(
                schedule, AuxiliaryLoadCalendar.MaxSwitchTimes, item => CalendarTables.AuxiliarySwitch(item, scripts),
                CalendarTables.IsEnabled)
                ?? throw values.Unexpected(
                    ReadFields.Schedule, "a schedule that no answer can hold, or with a script that the profile gives to no load"));
    }
}
