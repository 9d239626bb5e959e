namespace DeviceHarness.Rpc.Server;

/// <summary>What one application has mapped; its presence shows that <c>AddGrpc</c> was called.</summary>
internal sealed class MappedServices
{
    /// <summary>Whether the answer for unknown methods is mapped.</summary>
    public bool HasFallback { get; set; }
}
