using Grpc.Core;

namespace DeviceHarness.Rpc.Hosting;

/// <summary>On the HTTP request of a streaming call: how it ends when the server stops.</summary>
internal interface IStoppableCall
{
    /// <summary>Sets the status of that end; the last one set counts.</summary>
    void EndWhenStopping(Status status);
}
