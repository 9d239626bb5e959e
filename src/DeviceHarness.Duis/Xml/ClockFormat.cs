using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of SynchroniseClock and SynchroniseClockRsp.</summary>
internal static class ClockFormat
{
    /// <summary>Reads the request.</summary>
    public static SynchroniseClock ReadRequest(ElementReader element) => new(
        element.Take(DuisNames.Sr, "CurrentDateTime").Only().Time(),
        (int)element.Take(DuisNames.Sr, "TolerancePeriod").Only().Integer(0, SynchroniseClock.MaxTolerancePeriodSeconds));

    /// <summary>Writes the request.</summary>
    public static IEnumerable<XElement> WriteRequest(SynchroniseClock body) =>
    [
        new XElement(DuisNames.Sr + "CurrentDateTime", DuisText.Time(body.CurrentDateTime)),
        new XElement(DuisNames.Sr + "TolerancePeriod", body.TolerancePeriodSeconds.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Reads the response.</summary>
    public static SynchroniseClockRsp ReadResponse(ElementReader element)
    {
        DateTimeOffset? time = element.TryTake(DuisNames.Ra, "DeviceTime", out ElementReader? found) ? found.Only().Time() : null;
        if (element.TryTake(DuisNames.Ra, "Electricity", out ElementReader? electricity))
        {
            ClockTimeStatus? status = null;
            if (electricity.Only().TryTake(DuisNames.Ra, "ElecClockTimeStatus", out ElementReader? clock))
            {
                clock.Only("TimeStatusCode").IntegerAttribute("TimeStatusCode");
                status = clock.Take(DuisNames.Ra, "TimeStatus").Only().OneOf<ClockTimeStatus>(ClockStatusText.Of);
                clock.End();
            }

            electricity.End();
            return new SynchroniseClockRsp { DeviceTime = time, ElecClockTimeStatus = status };
        }

        Asn1Status? gasStatus = null;
        if (element.TryTake(DuisNames.Ra, "Gas", out ElementReader? gas))
        {
            if (gas.Only().TryTake(DuisNames.Ra, "GasClockTimeStatus", out ElementReader? clock))
            {
                long code = clock.Only("ResponseCode").IntegerAttribute("ResponseCode");
                gasStatus = new Asn1Status(clock.Take(DuisNames.Ra, "ASN1Status").Only().Token(), code);
                clock.End();
            }

            gas.End();
        }

        return new SynchroniseClockRsp { DeviceTime = time, GasClockTimeStatus = gasStatus };
    }

    /// <summary>Writes the response.</summary>
    public static IEnumerable<XElement> WriteResponse(SynchroniseClockRsp body)
    {
        if (body.DeviceTime is { } time)
        {
            yield return new XElement(DuisNames.Ra + "DeviceTime", DuisText.Time(time));
        }

        if (body.ElecClockTimeStatus is { } status)
        {
            yield return new XElement(
                DuisNames.Ra + "Electricity",
                new XElement(
                    DuisNames.Ra + "ElecClockTimeStatus",
                    new XAttribute("TimeStatusCode", ((int)status).ToString(CultureInfo.InvariantCulture)),
                    new XElement(DuisNames.Ra + "TimeStatus", ClockStatusText.Of(status))));
        }
        else if (body.GasClockTimeStatus is { } gas)
        {
            yield return new XElement(
                DuisNames.Ra + "Gas",
                new XElement(
                    DuisNames.Ra + "GasClockTimeStatus",
                    new XAttribute("ResponseCode", gas.ResponseCode.ToString(CultureInfo.InvariantCulture)),
                    new XElement(DuisNames.Ra + "ASN1Status", DuisXmlText.Safe(gas.Name))));
        }
    }
}
