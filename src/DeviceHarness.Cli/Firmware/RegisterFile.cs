using System.Globalization;
using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Duis.Firmware;

namespace DeviceHarness.Cli.Firmware;

/// <summary>Adds records to a firmware register that people write too: what they wrote stays as it is.</summary>
internal static class RegisterFile
{
    private const string Key = "images:";

    /// <summary>Adds a record.</summary>
    /// <exception cref="CommandException">The image is recorded already, or the file is not one that a record can be added to; it stays
    /// as it was.</exception>
    public static async Task AddAsync(string path, FirmwareImageRecord record, CancellationToken cancellationToken)
    {
        string text = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false) : string.Empty;
        if (text.Trim().Length > 0 && FirmwareRegisterReader.Parse(text, path).Find(record.Sha256) is { } present)
        {
            throw Wrong($"{path} holds that image already, from {present.Provider}, received {Day(present.Received)}");
        }

        string changed = Insert(text, path, RowOf(record));
        try
        {
            if (FirmwareRegisterReader.Parse(changed, path).Find(record.Sha256) != record)
            {
                throw Wrong($"a value of the record cannot be written to {path}: use plain words");
            }
        }
        catch (ConfigurationException fault)
        {
            throw Wrong($"the record does not fit: {fault.Message}");
        }

        string unfinished = path + ".new";
        await File.WriteAllTextAsync(unfinished, changed, cancellationToken).ConfigureAwait(false);
        File.Move(unfinished, path, overwrite: true);
    }

    private static string Insert(string text, string path, string row)
    {
        string[] lines = text.Split('\n');
        int at = Array.FindIndex(lines, line => line.StartsWith(Key, StringComparison.Ordinal));
        if (at < 0)
        {
            string before = text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
            return $"{before}{Key}\n{row}";
        }

        string rest = lines[at][Key.Length..].Trim();
        if (rest.Length > 0 && !rest.StartsWith('#'))
        {
            throw Wrong($"{path}, line {at + 1}: the images stand behind the key; write them as a list below it");
        }

        return string.Concat(lines.Take(at + 1).Select(line => line + "\n")) + row + string.Join('\n', lines.Skip(at + 1));
    }

    private static string RowOf(FirmwareImageRecord record) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"  - sha256: {record.Sha256}\n")
        .Append(CultureInfo.InvariantCulture, $"    type: {record.DeviceType}\n")
        .Append(CultureInfo.InvariantCulture, $"    model: {Quoted(record.Model)}\n")
        .Append(CultureInfo.InvariantCulture, $"    version: {Quoted(record.Version)}\n")
        .Append(CultureInfo.InvariantCulture, $"    provider: {Quoted(record.Provider)}\n")
        .Append(CultureInfo.InvariantCulture, $"    received: {Day(record.Received)}\n")
        .ToString();

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CommandException Wrong(string message) => new(ExitCode.Usage, message);
}
