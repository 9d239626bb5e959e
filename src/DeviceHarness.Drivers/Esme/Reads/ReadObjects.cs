using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Drivers.Esme.Reads;

/// <summary>What a model has for the reads of the catalogue.</summary>
internal sealed class ReadObjects(DlmsClient client, EsmeObjectMap map, string port, RowClockNotes notes, AttributeList lists)
{
    /// <summary>The values of a variant's answer.</summary>
    /// <param name="srv">The variant.</param>
    /// <param name="values">Reads them, when the model has any.</param>
    /// <returns>False when the model has none.</returns>
    internal bool TryFind(string srv, [NotNullWhen(true)] out ReadValues? values)
    {
        values = map.Reads.Variants.TryGetValue(srv, out IReadOnlyDictionary<string, ReadObject>? objects) && objects.Count > 0
            ? new ReadValues(client, objects, map.ClockTime, port, notes, lists)
            : null;
        return values is not null;
    }
}
