using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Service;

/// <summary>The answers of devices that refused: no values, and still valid to the schema.</summary>
internal static class EmptyResponses
{
    /// <summary>The empty answer to a request.</summary>
    public static SrvResponseBody For(SrvEntry entry, string deviceType)
    {
        if (!BodyFormats.TryFind(entry.Srv, out BodyFormat? format))
        {
            return new UnmodelledResponseBody(
                entry.ResponseElement, DuisXmlText.Fragment(new XElement(DuisNames.Ra + entry.ResponseElement)));
        }

        // The schema wants one of the two branches here, and everything within them is optional.
        return format.Srv == "4.1.1"
            ? deviceType is "GSME" or "GPF"
                ? new ReadInstantaneousImportRegistersRsp { Gas = new GasConsumptionRegister(null) }
                : new ReadInstantaneousImportRegistersRsp { Electricity = new ElectricityImportRegisters(null) }
            : format.EmptyResponse();
    }
}
