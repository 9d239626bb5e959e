using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Duis.Xml;

/// <summary>The typed bodies, by variant and by response element.</summary>
internal static class BodyFormats
{
    private static readonly BodyFormat[] All =
    [
        .. RegisterFormats.All,
        .. ProfileLogFormats.All,
        .. PrepaymentFormats.All,
        .. ConfigurationFormats.All,
        .. AuxiliaryFormats.All,
        .. HubFormats.All,
        .. TariffFormats.All,
        .. PrepaymentUpdateFormats.All,
        .. ConfigurationUpdateFormats.All,
        .. AuxiliaryUpdateFormats.All,
        BodyFormat.Of<ReadInstantaneousImportRegisters, ReadInstantaneousImportRegistersRsp>(
            "4.1.1",
            element => new ReadInstantaneousImportRegisters(ExecutionDateTime(element)),
            ExecutionDateTime,
            ImportRegistersFormat.Read,
            ImportRegistersFormat.Write),
        BodyFormat.Of<RetrieveImportDailyReadLog, RetrieveImportDailyReadLogRsp>(
            "4.6.1", DailyReadLogFormat.ReadRequest, OptionalValues.PeriodRequest, DailyReadLogFormat.ReadResponse,
            DailyReadLogFormat.WriteResponse),
        ClockFormat.Of<SynchroniseClock, SynchroniseClockRsp>("6.11", (time, tolerance) => new SynchroniseClock(time, tolerance)),
        ClockFormat.Of<CommissionDeviceSynchroniseClock, CommissionDeviceSynchroniseClockRsp>(
            "8.1.1", (time, tolerance) => new CommissionDeviceSynchroniseClock(time, tolerance)),
        BodyFormat.Of<ReadEventOrSecurityLog, ReadEventOrSecurityLogRsp>(
            "6.13", LogFormat.ReadRequest, LogFormat.WriteRequest, LogFormat.ReadResponse, LogFormat.WriteResponse),
        BodyFormat.Of<EnableSupply, EnableSupplyRsp>(
            "7.1", _ => new EnableSupply(), Nothing, _ => new EnableSupplyRsp(), Nothing),
        BodyFormat.Of<DisableSupply, DisableSupplyRsp>(
            "7.2", _ => new DisableSupply(), Nothing, _ => new DisableSupplyRsp(), Nothing),
        BodyFormat.Of<ReadSupplyStatus, ReadSupplyStatusRsp>(
            "7.4", _ => new ReadSupplyStatus(), Nothing, ReadSupplyStatusRsp, WriteSupplyStatusRsp),
        BodyFormat.WithoutResponse(
            UpdateFirmware.Variant,
            element => FirmwareFormat.ReadUpdate(element, (image, version, devices) => new UpdateFirmware(image, version, devices)),
            FirmwareFormat.WriteUpdate),
        BodyFormat.WithoutResponse(
            UpdatePpmidFirmware.Variant,
            element => FirmwareFormat.ReadUpdate(element, (image, version, devices) => new UpdatePpmidFirmware(image, version, devices)),
            FirmwareFormat.WriteUpdate),
        BodyFormat.Of<ReadFirmwareVersion, ReadFirmwareVersionRsp>(
            "11.2",
            element => new ReadFirmwareVersion(ExecutionDateTime(element)),
            ExecutionDateTime,
            element => new ReadFirmwareVersionRsp
            {
                FirmwareVersion = element.TryTake(DuisNames.Ra, "FirmwareVersion", out ElementReader? text) ? text.Only().Text() : null,
            },
            body => body.FirmwareVersion is { } text ? [new XElement(DuisNames.Ra + "FirmwareVersion", DuisXmlText.Safe(text))] : []),
        BodyFormat.Of<ActivateFirmware, ActivateFirmwareRsp>(
            "11.3", FirmwareFormat.ReadActivate, FirmwareFormat.WriteActivate, FirmwareFormat.ReadActivateRsp,
            FirmwareFormat.WriteActivateRsp),
    ];

    private static readonly FrozenDictionary<string, BodyFormat> BySrv =
        All.ToFrozenDictionary(format => format.Srv, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, BodyFormat> ByResponse =
        All.Where(format => format.ResponseElement.Length > 0)
            .ToFrozenDictionary(format => format.ResponseElement, StringComparer.Ordinal);

    /// <summary>Whether this variant has typed bodies.</summary>
    public static bool IsTyped(string srv) => BySrv.ContainsKey(srv);

    /// <summary>Finds a variant's format.</summary>
    public static bool TryFind(string srv, [NotNullWhen(true)] out BodyFormat? format) => BySrv.TryGetValue(srv, out format);

    /// <summary>Finds a response element's format.</summary>
    public static bool TryFindResponse(string element, [NotNullWhen(true)] out BodyFormat? format) =>
        ByResponse.TryGetValue(element, out format);

    /// <summary>Reads the optional first element of a future-datable request.</summary>
    public static DateTimeOffset? ExecutionDateTime(ElementReader element) =>
        element.TryTake(DuisNames.Sr, "ExecutionDateTime", out ElementReader? time) ? time.Only().Time() : null;

    /// <summary>Writes the optional first element of a future-datable request.</summary>
    public static IEnumerable<XElement> ExecutionDateTime(IFutureDatable body) =>
        body.ExecutionDateTime is { } time ? [new XElement(DuisNames.Sr + "ExecutionDateTime", DuisText.Time(time))] : [];

    private static IEnumerable<XElement> Nothing(object body) => [];

    private static ReadSupplyStatusRsp ReadSupplyStatusRsp(ElementReader element)
    {
        SupplyState? state = element.TryTake(DuisNames.Ra, "SupplyState", out ElementReader? found)
            ? found.Only().OneOf<SupplyState>(value => value.ToString())
            : null;
        long? battery = null;
        if (element.TryTake(DuisNames.Ra, "Gas", out ElementReader? gas))
        {
            if (gas.Only().TryTake(DuisNames.Ra, "RemainingBatteryCapacity", out ElementReader? capacity))
            {
                battery = capacity.Only().Integer(0, uint.MaxValue);
            }

            gas.End();
        }

        return new ReadSupplyStatusRsp { SupplyState = state, RemainingBatteryCapacity = battery };
    }

    private static IEnumerable<XElement> WriteSupplyStatusRsp(ReadSupplyStatusRsp body)
    {
        if (body.SupplyState is { } state)
        {
            yield return new XElement(DuisNames.Ra + "SupplyState", state.ToString());
        }

        if (body.RemainingBatteryCapacity is { } capacity)
        {
            yield return new XElement(
                DuisNames.Ra + "Gas",
                new XElement(DuisNames.Ra + "RemainingBatteryCapacity", capacity.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
