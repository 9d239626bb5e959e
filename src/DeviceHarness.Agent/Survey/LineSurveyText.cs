using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeviceHarness.Drivers.Survey;

namespace DeviceHarness.Agent.Survey;

/// <summary>What a survey of a line found, in words and as JSON.</summary>
internal static class LineSurveyText
{
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Default,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>What is known, a line each.</summary>
    internal static IReadOnlyList<string> Lines(LineFindings findings)
    {
        List<string> lines = [];
        if (findings.Identification.Length > 0)
        {
            lines.Add($"identification at the sign-on: {DraftText.Plain(findings.Identification)}");
        }

        if (findings.Address is { } address)
        {
            string line = findings.IsLineFixed ? "the line as it is" : findings.Line?.ToString() ?? "no rate";
            lines.Add($"HDLC: address {address} at {line}{(findings.IsEchoing ? "; the line echoes" : string.Empty)}");
        }

        lines.AddRange(findings.LogicalDevices.Select(device => string.Create(
            CultureInfo.InvariantCulture, $"logical device {device.Sap}: {DraftText.Plain(device.Name)}")));
        lines.AddRange(findings.Associations.Select(association => string.Create(
            CultureInfo.InvariantCulture,
            $"association: client {association.Client}, {association.Mechanism}; {association.Services}; "
            + $"APDU of {association.MaximumPduOctets} octets")));
        lines.AddRange(findings.Clients.Select(client => string.Create(
            CultureInfo.InvariantCulture, $"client {client.Client}: {DraftText.Plain(client.Mechanism)}")));
        lines.AddRange(findings.Values.Where(value => value.Problem.Length == 0)
            .Select(value => $"{value.What}: {DraftText.Plain(value.Value)}"));
        if (findings.Objects.Count > 0)
        {
            int readable = findings.Objects.Count(found => found.Attributes.Any(member => member.Id > 1 && member.IsReadable));
            int second = findings.Objects.Count(found => found.IsSecondGeneration);
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"objects: {findings.Objects.Count}{(findings.IsListWhole ? string.Empty : " (not all)")}, "
                + $"of {readable} something may be read; {second} with names of the second generation (0-0:94.44.x)"));
            lines.AddRange(PortSurvey.IsHub(findings)
                ? ["it is a comms hub by its device log, 0-0:30.3.0.255: no profile is drafted"]
                : (string[])[]);
        }

        return lines;
    }

    /// <summary>All of it.</summary>
    internal static string Json(string port, SurveyEnd end, LineFindings findings) => JsonSerializer.Serialize(
        new
        {
            Port = port,
            End = end,
            findings.Attempts,
            Line = findings.Line?.ToString(),
            findings.IsLineFixed,
            findings.SignOnBaud,
            findings.Identification,
            Address = findings.Address?.ToString(),
            findings.Parameters.MaximumInformationReceiveOctets,
            findings.Parameters.WindowReceiveFrames,
            findings.IsEchoing,
            findings.NoiseOctets,
            findings.LogicalDevices,
            Associations = findings.Associations.Select(association => new
            {
                association.Client,
                association.Mechanism,
                Services = association.Services.ToString(),
                association.MaximumPduOctets,
            }),
            findings.Clients,
            findings.Values,
            findings.IsListWhole,
            Objects = findings.Objects.Select(found => new
            {
                Class = found.ClassId,
                found.Version,
                Name = found.Name.ToString(),
                found.IsSecondGeneration,
                Attributes = found.Attributes.Select(member => $"{member.Id}: {Access(member.Mode)}"),
                Methods = found.Methods.Where(member => member.Mode != 0).Select(member => member.Id),
            }),
            findings.Problems,
        },
        Options);

    private static string Access(int mode) => mode switch
    {
        0 => "none",
        1 => "read",
        2 => "write",
        3 => "read and write",
        4 => "authenticated read",
        5 => "authenticated write",
        6 => "authenticated read and write",
        _ => string.Create(CultureInfo.InvariantCulture, $"mode {mode}"),
    };
}
