using System.Diagnostics;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>Another implementation of gRPC that the peers are written for.</summary>
public interface IPeerLanguage
{
    /// <summary>How to start a peer.</summary>
    /// <param name="role">Which one: client or server.</param>
    /// <exception cref="InvalidOperationException">Something that the peers need is missing; the text names it.</exception>
    static abstract Task<ProcessStartInfo> PrepareAsync(string role);
}
