using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace DeviceHarness.Duis.Catalogue;

/// <summary>The response codes of the DUIS schema. A code that is not among them is carried through unchanged.</summary>
public static class ResponseCodes
{
    /// <summary>Success.</summary>
    public const string Success = "I0";

    /// <summary>Acknowledged: accepted and on its way to the device.</summary>
    public const string Acknowledged = "I99";

    /// <summary>The originator is not a User with a role.</summary>
    public const string InvalidUser = "E1";

    /// <summary>The User's role may not send this request.</summary>
    public const string InvalidUserRole = "E2";

    /// <summary>The device's status does not allow this request.</summary>
    public const string InvalidDeviceStatus = "E5";

    /// <summary>The device's type does not have this request.</summary>
    public const string InvalidDeviceType = "E11";

    /// <summary>The command variant is not one of this request's.</summary>
    public const string InvalidCommandVariant = "E12";

    /// <summary>The request was posted to a service that does not take it.</summary>
    public const string InvalidServicePath = "E13";

    /// <summary>The device is not in the inventory.</summary>
    public const string UnknownDevice = "E19";

    /// <summary>The device could not be reached.</summary>
    public const string Unreachable = "E20";

    /// <summary>The device was reached and did not answer.</summary>
    public const string NoAnswer = "E21";

    /// <summary>11.1 is accepted for some of its devices only; which are left out stands beside it.</summary>
    public const string UpdateFirmwareWarning = "W110101";

    /// <summary>11.4 is accepted for some of its devices only; which are left out stands beside it.</summary>
    public const string UpdatePpmidFirmwareWarning = "W110401";

    private static readonly FrozenDictionary<string, ResponseCodeEntry> ByCode;

    static ResponseCodes()
    {
        Entries = [.. CsvRows.Read("response-codes.csv").Select(row => new ResponseCodeEntry(row["code"], row["kind"], row["meaning"]))];
        ByCode = Entries.ToFrozenDictionary(entry => entry.Code, StringComparer.Ordinal);
    }

    /// <summary>Every code of the schema, in its order.</summary>
    public static IReadOnlyList<ResponseCodeEntry> Entries { get; }

    /// <summary>Finds a code.</summary>
    /// <returns>Whether the schema has it.</returns>
    public static bool TryFind(string code, [NotNullWhen(true)] out ResponseCodeEntry? entry) => ByCode.TryGetValue(code, out entry);
}
