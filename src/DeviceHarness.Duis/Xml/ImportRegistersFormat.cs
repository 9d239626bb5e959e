using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of ReadInstantaneousImportRegistersRsp.</summary>
/// <remarks>Spec: MMC XML schema 5.1, ReadInstantaneousImportRegistersRsp: a choice of Gas and Electricity.
/// Departs: neither is accepted and written too, since a device that refused has nothing to report.</remarks>
internal static class ImportRegistersFormat
{
    /// <summary>Reads it.</summary>
    public static ReadInstantaneousImportRegistersRsp Read(ElementReader element)
    {
        if (element.TryTake(DuisNames.Ra, "Gas", out ElementReader? gas))
        {
            return new ReadInstantaneousImportRegistersRsp { Gas = ReadGas(gas) };
        }

        return element.TryTake(DuisNames.Ra, "Electricity", out ElementReader? electricity)
            ? new ReadInstantaneousImportRegistersRsp { Electricity = ReadElectricity(electricity) }
            : new ReadInstantaneousImportRegistersRsp();
    }

    /// <summary>Writes it.</summary>
    public static IEnumerable<XElement> Write(ReadInstantaneousImportRegistersRsp body)
    {
        if (body.Gas is { } gas)
        {
            yield return new XElement(DuisNames.Ra + "Gas", WriteGas(gas));
        }
        else if (body.Electricity is { } electricity)
        {
            yield return new XElement(
                DuisNames.Ra + "Electricity",
                WriteRegister("ActiveImportRegister", electricity.ActiveImportRegister, "ActiveEnergyUnit", "Wh"),
                WriteRegister("ReactiveImportRegister", electricity.ReactiveImportRegister, "ReactiveEnergyUnit", "varh"),
                WriteRegister("SecondaryActiveImportRegister", electricity.SecondaryActiveImportRegister, "ActiveEnergyUnit", "Wh"));
        }
    }

    private static GasConsumptionRegister ReadGas(ElementReader gas)
    {
        decimal? value = null;
        if (gas.Only().TryTake(DuisNames.Ra, "ConsumptionRegister", out ElementReader? register))
        {
            value = register.Only().TryTake(DuisNames.Ra, "Value", out ElementReader? found) ? found.Only().Decimal() : null;
            ReadUnit(register, "Unit", ReadInstantaneousImportRegistersRsp.VolumeUnit);
            register.End();
        }

        gas.End();
        return new GasConsumptionRegister(value);
    }

    private static ElectricityImportRegisters ReadElectricity(ElementReader electricity)
    {
        electricity.Only();
        ElectricityImportRegisters registers = new(
            ReadRegister(electricity, "ActiveImportRegister", "ActiveEnergyUnit", ReadInstantaneousImportRegistersRsp.ActiveUnit),
            ReadRegister(electricity, "ReactiveImportRegister", "ReactiveEnergyUnit", ReadInstantaneousImportRegistersRsp.ReactiveUnit),
            ReadRegister(electricity, "SecondaryActiveImportRegister", "ActiveEnergyUnit", ReadInstantaneousImportRegistersRsp.ActiveUnit));
        electricity.End();
        return registers;
    }

    private static RegisterReading? ReadRegister(ElementReader parent, string name, string unitElement, string unit)
    {
        if (!parent.TryTake(DuisNames.Ra, name, out ElementReader? register))
        {
            return null;
        }

        RegisterReading? reading = register.Only().TryTake(DuisNames.Ra, "Value", out ElementReader? value)
            ? new RegisterReading(value.Only().Integer())
            : null;
        ReadUnit(register, unitElement, unit);
        register.End();
        return reading;
    }

    private static void ReadUnit(ElementReader register, string name, string unit)
    {
        if (register.TryTake(DuisNames.Ra, name, out ElementReader? found) && found.Only().Token() != unit)
        {
            throw found.Fault($"found '{ElementValues.Quoted(found.Token())}'; allowed: {unit}");
        }
    }

    private static XElement? WriteRegister(string name, RegisterReading? reading, string unitElement, string unit) =>
        reading is not { } value
            ? null
            : new XElement(
                DuisNames.Ra + name,
                new XElement(DuisNames.Ra + "Value", value.Value.ToString(CultureInfo.InvariantCulture)),
                new XElement(DuisNames.Ra + unitElement, unit));

    private static XElement? WriteGas(GasConsumptionRegister gas) => gas.Value is not { } value
        ? null
        : new XElement(
            DuisNames.Ra + "ConsumptionRegister",
            new XElement(DuisNames.Ra + "Value", value.ToString(CultureInfo.InvariantCulture)),
            new XElement(DuisNames.Ra + "Unit", ReadInstantaneousImportRegistersRsp.VolumeUnit));
}
