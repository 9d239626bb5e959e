using Grpc.Core;

namespace DeviceHarness.Rpc.Client;

/// <summary>How a call ended.</summary>
/// <param name="Status">The status.</param>
/// <param name="Trailers">The trailing metadata; empty when none came.</param>
/// <param name="EndedHere">Whether this side ended it: by token, deadline or disposal.</param>
internal sealed record CallResult(Status Status, Metadata Trailers, bool EndedHere);
