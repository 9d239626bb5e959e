using Grpc.Core;
using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>The statuses that a call can fail with.</summary>
public static class StatusFailures
{
    /// <summary>All of them.</summary>
    public static TheoryData<StatusCode> All => [.. Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];
}
