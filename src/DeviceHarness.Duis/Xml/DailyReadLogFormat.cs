using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Duis.Xml;

/// <summary>The content of RetrieveImportDailyReadLog and RetrieveImportDailyReadLogRsp.</summary>
internal static class DailyReadLogFormat
{
    private const string Secondary = "SecondaryActiveImportRegisterConsumption";

    /// <summary>The matrices of an electricity meter's day, in the schema's order, with how many values each may have.</summary>
    private static readonly (string Name, int Maximum)[] ElectricityMatrices =
    [
        ("SecondaryTariffTOURegisterMatrixValue", 4),
        (ImportDailyReadLogEntry.TimeOfUseMatrix, 48),
        ("TariffTOUBlock1RegisterMatrixValue", 8),
        ("TariffTOUBlock2RegisterMatrixValue", 8),
        ("TariffTOUBlock3RegisterMatrixValue", 8),
        ("TariffTOUBlock4RegisterMatrixValue", 8),
    ];

    private static readonly (string Name, int Maximum)[] GasMatrices = [("TariffBlockCounterMatrix", 4), ("TariffTOURegisterMatrix", 4)];

    /// <summary>Reads a 4.6.1.</summary>
    public static RetrieveImportDailyReadLog ReadRequest(ElementReader element) => OptionalValues.PeriodRequest(
        element, (period, execution, credentials) => new RetrieveImportDailyReadLog(period, execution, credentials));

    /// <summary>Reads the answer to a 4.6.1.</summary>
    public static RetrieveImportDailyReadLogRsp ReadResponse(ElementReader element)
    {
        List<ImportDailyReadLogEntry> entries = [];
        while (element.TryTake(DuisNames.Ra, "LogEntry", out ElementReader? entry))
        {
            entries.Add(entries.Count < RetrieveImportDailyReadLogRsp.MaxEntries
                ? ReadEntry(entry.Only())
                : throw entry.Fault($"found more than {RetrieveImportDailyReadLogRsp.MaxEntries} entries"));
        }

        return new RetrieveImportDailyReadLogRsp { Entries = entries };
    }

    /// <summary>Writes the answer to a 4.6.1.</summary>
    public static IEnumerable<XElement> WriteResponse(RetrieveImportDailyReadLogRsp body) => body.Entries.Select(entry => new XElement(
        DuisNames.Ra + "LogEntry",
        entry.Timestamp is { } time ? new XElement(DuisNames.Ra + "Timestamp", DuisText.Time(time)) : null,
        new XElement(
            DuisNames.Ra + (entry.IsGas ? "Gas" : "Electricity"),
            Number(Register(entry.IsGas), entry.Consumption),
            entry.IsGas ? null : Number(Secondary, entry.SecondaryConsumption),
            entry.Matrices.SelectMany(WriteMatrix))));

    private static string Register(bool isGas) => $"{(isGas ? "Gas" : "Elec")}ActiveImportRegisterConsumption";

    private static ImportDailyReadLogEntry ReadEntry(ElementReader entry)
    {
        DateTimeOffset? time = entry.TryTake(DuisNames.Ra, "Timestamp", out ElementReader? found) ? found.Only().Time() : null;
        bool isGas = entry.TryTake(DuisNames.Ra, "Gas", out ElementReader? registers);
        registers ??= entry.Take(DuisNames.Ra, "Electricity");
        entry.End();
        decimal? consumption = registers.Only().TryTake(DuisNames.Ra, Register(isGas), out ElementReader? value)
            ? Value(value, isGas)
            : null;
        decimal? secondary = !isGas && registers.TryTake(DuisNames.Ra, Secondary, out ElementReader? other) ? Value(other, isGas) : null;
        List<ReadingMatrix> matrices = [];
        foreach ((string name, int maximum) in isGas ? GasMatrices : ElectricityMatrices)
        {
            if (ReadMatrix(registers, name, maximum, isGas) is { Count: > 0 } values)
            {
                matrices.Add(new ReadingMatrix(name, values));
            }
        }

        registers.End();
        return new ImportDailyReadLogEntry
        {
            Timestamp = time,
            IsGas = isGas,
            Consumption = consumption,
            SecondaryConsumption = secondary,
            Matrices = matrices,
        };
    }

    private static List<IndexedReading> ReadMatrix(ElementReader registers, string name, int maximum, bool isGas)
    {
        List<IndexedReading> values = [];
        while (values.Count < maximum && registers.TryTake(DuisNames.Ra, name, out ElementReader? value))
        {
            _ = value.Only("index");
            int? index = value.Attribute("index") is null ? null : (int)Math.Min(value.IntegerAttribute("index", min: 1), int.MaxValue);
            values.Add(new IndexedReading(index, isGas ? value.Decimal() : value.Integer()));
        }

        return values;
    }

    private static decimal Value(ElementReader element, bool isGas) => isGas ? element.Only().Decimal() : element.Only().Integer();

    private static IEnumerable<XElement> WriteMatrix(ReadingMatrix matrix) => matrix.Values.Select(value => new XElement(
        DuisNames.Ra + matrix.Name,
        value.Index is { } index ? new XAttribute("index", index.ToString(CultureInfo.InvariantCulture)) : null,
        value.Value.ToString(CultureInfo.InvariantCulture)));

    private static XElement? Number(string name, decimal? value) =>
        value is { } number ? new XElement(DuisNames.Ra + name, number.ToString(CultureInfo.InvariantCulture)) : null;
}
