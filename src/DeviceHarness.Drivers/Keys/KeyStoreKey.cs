using System.Security.Cryptography;
using System.Text;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Keys;

/// <summary>The key that a rig's device keys are encrypted under, in a file of 64 hexadecimal digits that only its owner may
/// touch.</summary>
/// <remarks>Without it the keys of rotated devices are gone. So it is made once, and never where stores are whose key it should have
/// been.</remarks>
public static class KeyStoreKey
{
    /// <summary>The environment variable that names the file.</summary>
    public const string EnvironmentVariable = "HARNESS_KEYSTORE_KEY_FILE";

    private const string FileName = "keystore.key";
    private const int Digits = 2 * SecuritySuiteFacts.LongKeyOctets;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Finds the file: <c>HARNESS_KEYSTORE_KEY_FILE</c>, then <c>keystore.key</c> in the data folder.</summary>
    /// <param name="dataFolder">The data folder.</param>
    public static string FileOf(string dataFolder) =>
        Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named ? named : Path.Combine(dataFolder, FileName);

    /// <summary>Reads the key; makes the file in the data folder when it is missing and nothing was ever encrypted.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <exception cref="ConfigurationException">KEYS-012: the file is missing, damaged, or others than its owner may touch it.</exception>
    public static CipherKey Open(string dataFolder)
    {
        string file = FileOf(dataFolder);
        try
        {
            if (!File.Exists(file))
            {
                bool isOurs = file == Path.Combine(dataFolder, FileName);
                if (!isOurs || HasStores(dataFolder))
                {
                    throw Wrong(file, "no file", "the key that the device keys were encrypted under; put it back from a backup");
                }

                Make(file, dataFolder);
            }

            return Read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong(file, exception.Message, "a file that can be read and written");
        }
    }

    /// <summary>Reads the key, when there is one or stores need it; makes none.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <returns>Null when nothing was ever encrypted.</returns>
    /// <exception cref="ConfigurationException">KEYS-012: the file is missing, damaged, or others than its owner may touch it.</exception>
    public static CipherKey? Find(string dataFolder) =>
        File.Exists(FileOf(dataFolder)) || HasStores(dataFolder) ? Open(dataFolder) : null;

    private static bool HasStores(string dataFolder)
    {
        string security = Path.Combine(dataFolder, "security");
        return Directory.Exists(security) && Directory.EnumerateFiles(security, "keys.?", SearchOption.AllDirectories).Any();
    }

    private static CipherKey Read(string file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None)
        {
            throw Wrong(file, "a file that others may read or write", "0600: chmod 600");
        }

        string digits = new FileInfo(file).Length <= Digits + 2 ? File.ReadAllText(file).Trim() : string.Empty;
        return digits.Length == Digits && digits.All(char.IsAsciiHexDigit)
            ? CipherKey.Create(Convert.FromHexString(digits))
            : throw Wrong(file, "another content (not shown)", $"{Digits} hexadecimal digits");
    }

    private static void Make(string file, string dataFolder)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("the harness runs on Linux only");
        }

        Span<byte> octets = stackalloc byte[SecuritySuiteFacts.LongKeyOctets];
        RandomNumberGenerator.Fill(octets);
        byte[] text = Encoding.ASCII.GetBytes(Convert.ToHexString(octets) + "\n");
        octets.Clear();
        DataFolder.Create(dataFolder);
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        string unfinished = $"{file}.{Environment.ProcessId}.new";
        using (FileStream stream = new(unfinished, options))
        {
            stream.Write(text);
            stream.Flush(flushToDisk: true);
        }

        CryptographicOperations.ZeroMemory(text);
        Publish(unfinished, file);
        DataFolder.Sync(dataFolder);
    }

    // Of two processes that make it at once the first wins, and both read the same.
    private static void Publish(string unfinished, string file)
    {
        try
        {
            File.Move(unfinished, file);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(unfinished);
        }
    }

    private static ConfigurationException Wrong(string file, string found, string allowed) =>
        new("KEYS-012", file, 0, 0, "keystore-key", found, allowed);
}
