using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of requests that give the time, and of their answers.</summary>
internal static class ClockFormat
{
    /// <summary>The format of a variant.</summary>
    /// <param name="srv">The variant.</param>
    /// <param name="make">Makes its request.</param>
    public static BodyFormat Of<TRequest, TResponse>(string srv, Func<DateTimeOffset, int, TRequest> make)
        where TRequest : ClockRequest
        where TResponse : ClockRsp, new() =>
        BodyFormat.Of(srv, element => ReadRequest(element, make), WriteRequest, ReadResponse<TResponse>, WriteResponse);

    private static TRequest ReadRequest<TRequest>(ElementReader element, Func<DateTimeOffset, int, TRequest> make) => make(
        element.Take(DuisNames.Sr, "CurrentDateTime").Only().Time(),
        (int)element.Take(DuisNames.Sr, "TolerancePeriod").Only().Integer(0, ClockRequest.MaxTolerancePeriodSeconds));

    private static IEnumerable<XElement> WriteRequest<TRequest>(TRequest body)
        where TRequest : ClockRequest =>
    [
        new XElement(DuisNames.Sr + "CurrentDateTime", DuisText.Time(body.CurrentDateTime)),
        new XElement(DuisNames.Sr + "TolerancePeriod", body.TolerancePeriodSeconds.ToString(CultureInfo.InvariantCulture)),
    ];

    private static TResponse ReadResponse<TResponse>(ElementReader element)
        where TResponse : ClockRsp, new()
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
            return new TResponse { DeviceTime = time, ElecClockTimeStatus = status };
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

        return new TResponse { DeviceTime = time, GasClockTimeStatus = gasStatus };
    }

    private static IEnumerable<XElement> WriteResponse<TResponse>(TResponse body)
        where TResponse : ClockRsp
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
