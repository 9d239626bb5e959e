namespace DeviceHarness.Duis.Service;

/// <summary>A site of the SMETS1 Service Provider: one serves, the other stands by.</summary>
public enum ServiceSite
{
    /// <summary>The one that serves unless it fails.</summary>
    Primary,

    /// <summary>The one that a failover goes to.</summary>
    Secondary,
}
