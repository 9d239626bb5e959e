using System.Diagnostics;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>grpc-js.</summary>
public sealed class NodePeer : IPeerLanguage
{
    /// <inheritdoc/>
    public static async Task<ProcessStartInfo> PrepareAsync(string role) =>
        new("node", [$"{role}.js"]) { WorkingDirectory = await NodeInstallation.FolderAsync() };
}
