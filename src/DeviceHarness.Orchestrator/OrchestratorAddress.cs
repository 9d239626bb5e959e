using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeviceHarness.Orchestrator;

/// <summary>What a running orchestrator publishes of itself in its data folder, so that clients on the same machine find it.</summary>
/// <param name="Address">Where gRPC is served, such as <c>http://127.0.0.1:7410</c>.</param>
/// <param name="Pid">Its process.</param>
/// <param name="Version">Its version.</param>
public sealed partial record OrchestratorAddress(string Address, int Pid, string Version)
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "orchestrator.json";

    /// <summary>Reads what is published in a data folder.</summary>
    /// <returns>Null when nothing is published there, or when the file cannot be read as an address.</returns>
    /// <remarks>The file outlives an orchestrator that was killed: a published address is where to try, not proof that somebody
    /// answers.</remarks>
    public static OrchestratorAddress? TryRead(string dataFolder)
    {
        try
        {
            byte[] content = File.ReadAllBytes(Path.Combine(dataFolder, FileName));
            OrchestratorAddress? found = JsonSerializer.Deserialize(content, AddressJson.Default.OrchestratorAddress);
            return found?.Address is null ? null : found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The address for clients on this machine: a port bound on all addresses is reached by the loopback one.</summary>
    internal static string Reachable(string bound)
    {
        Uri address = new(bound);
        return IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? host)
            ? host.Equals(IPAddress.Any) ? $"{address.Scheme}://{IPAddress.Loopback}:{address.Port}"
                : host.Equals(IPAddress.IPv6Any) ? $"{address.Scheme}://[{IPAddress.IPv6Loopback}]:{address.Port}"
                : bound
            : bound;
    }

    /// <summary>Publishes the address; readers see the old file or the new one, never a part.</summary>
    internal void Write(string dataFolder)
    {
        string target = Path.Combine(dataFolder, FileName);
        string fresh = target + ".new";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(this, AddressJson.Default.OrchestratorAddress));
        File.Move(fresh, target, overwrite: true);
    }

    /// <summary>Takes the published address back.</summary>
    internal static void Remove(string dataFolder) => File.Delete(Path.Combine(dataFolder, FileName));

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
    [JsonSerializable(typeof(OrchestratorAddress))]
    private sealed partial class AddressJson : JsonSerializerContext;
}
