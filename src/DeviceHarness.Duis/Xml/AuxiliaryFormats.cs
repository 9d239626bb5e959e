using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Auxiliary;

namespace DeviceHarness.Duis.Xml;

/// <summary>The formats of reads of auxiliary loads: 7.7, 7.11.</summary>
internal static class AuxiliaryFormats
{
    private const int MaxDescriptionCharacters = 22;

    /// <summary>The formats.</summary>
    public static IReadOnlyList<BodyFormat> All { get; } =
    [
        BodyFormat.Of<ReadALCSData, ReadALCSDataRsp>(
            "7.7",
            element => new ReadALCSData(BodyFormats.ExecutionDateTime(element)),
            BodyFormats.ExecutionDateTime,
            ReadSwitches,
            body =>
            [
                .. body.Switches.Select(WriteSwitch),
                .. body.Calendar is { } calendar ? AuxiliaryCalendarFormat.Write(calendar) : [],
            ]),
        BodyFormat.Of<ReadBoostButtonDetails, ReadBoostButtonDetailsRsp>(
            "7.11",
            element => OptionalValues.PeriodRequest(element, (period, time) => new ReadBoostButtonDetails(period, time)),
            OptionalValues.PeriodRequest,
            ReadBoost,
            body =>
            [
                .. body.Events.Select(boost => new XElement(
                    DuisNames.Ra + "EventLogEntry",
                    OptionalValues.Time("BoostEnd", boost.End),
                    OptionalValues.Time("BoostStart", boost.Start))),
                .. OptionalValues.Present(OptionalValues.Truth("BoostFunctionAvailability", body.BoostFunctionAvailability)),
                .. OptionalValues.Present([.. body.BoostFunctionControlValues.Select((value, control) =>
                    OptionalValues.Truth(ReadBoostButtonDetailsRsp.ControlName(control), value))]),
            ]),
    ];

    private static ReadALCSDataRsp ReadSwitches(ElementReader element)
    {
        IReadOnlyList<AuxiliaryLoadControlSwitch> switches =
            element.Several("AuxiliaryLoadControlSwitch", ReadALCSDataRsp.MaxSwitches, ReadSwitch, "Index");
        return new ReadALCSDataRsp { Switches = switches, Calendar = AuxiliaryCalendarFormat.Read(element) };
    }

    private static AuxiliaryLoadControlSwitch ReadSwitch(ElementReader found)
    {
        int? index = found.Attribute("Index") is null ? null : (int)found.IntegerAttribute("Index", min: 1);
        string? description = found.OptionalText("Description", MaxDescriptionCharacters);
        Eui64? identifier = found.OptionalGroup("TypeAndIdentifier", type =>
        {
            _ = type.TryTake(DuisNames.Ra, "ALCS", out _);
            return type.TryTake(DuisNames.Ra, "HCALCS", out ElementReader? device) ? device.Only().Eui() : (Eui64?)null;
        });
        return new AuxiliaryLoadControlSwitch(index, description, found.OptionalBoolean("State"), identifier);
    }

    private static XElement WriteSwitch(AuxiliaryLoadControlSwitch load) => new(
        DuisNames.Ra + "AuxiliaryLoadControlSwitch",
        load.Index is { } index ? new XAttribute("Index", index.ToString(CultureInfo.InvariantCulture)) : null,
        OptionalValues.Text("Description", load.Description),
        new XElement(
            DuisNames.Ra + "TypeAndIdentifier",
            load.HcalcsIdentifier is { } device
                ? OptionalValues.Text("HCALCS", device.ToString())
                : new XElement(DuisNames.Ra + "ALCS")),
        OptionalValues.Truth("State", load.State));

    private static ReadBoostButtonDetailsRsp ReadBoost(ElementReader element)
    {
        IReadOnlyList<BoostPeriod> events = element.Several("EventLogEntry", ReadBoostButtonDetailsRsp.MaxEvents, entry =>
        {
            DateTimeOffset end = entry.Take(DuisNames.Ra, "BoostEnd").Only().Time();
            return new BoostPeriod(entry.Take(DuisNames.Ra, "BoostStart").Only().Time(), end);
        });
        bool? available = element.OptionalBoolean("BoostFunctionAvailability");
        List<bool?> controls = [];
        for (int control = 0; control < ReadBoostButtonDetailsRsp.Controls; control++)
        {
            controls.Add(element.OptionalBoolean(ReadBoostButtonDetailsRsp.ControlName(control)));
        }

        // What is absent at the end is not told apart from what was never given.
        return new ReadBoostButtonDetailsRsp
        {
            Events = events,
            BoostFunctionAvailability = available,
            BoostFunctionControlValues = [.. controls.Take(controls.FindLastIndex(value => value is not null) + 1)],
        };
    }
}
