using MaskDashboard.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Storage;

/// <summary>The dashboard's SQLite database: images, results, settings versions, audit log and accounts.</summary>
/// <param name="options">Provider and connection.</param>
public sealed class DashboardDbContext(DbContextOptions<DashboardDbContext> options) : IdentityDbContext<DashboardUser>(options)
{
    /// <summary>Cameras and places.</summary>
    public DbSet<Site> Sites => Set<Site>();

    /// <summary>Photographs, once for each content.</summary>
    public DbSet<StoredImage> Images => Set<StoredImage>();

    /// <summary>Analyses, queued ones included: this table is the queue.</summary>
    public DbSet<ImageAnalysis> Analyses => Set<ImageAnalysis>();

    /// <summary>Candidate faces.</summary>
    public DbSet<Face> Faces => Set<Face>();

    /// <summary>Reviewers' statements.</summary>
    public DbSet<FaceCorrection> Corrections => Set<FaceCorrection>();

    /// <summary>Distances between faces.</summary>
    public DbSet<FacePairDistance> Pairs => Set<FacePairDistance>();

    /// <summary>Small annotated pictures.</summary>
    public DbSet<Thumbnail> Thumbnails => Set<Thumbnail>();

    /// <summary>Settings, each version once.</summary>
    public DbSet<SettingsVersion> SettingsVersions => Set<SettingsVersion>();

    /// <summary>The applying of settings versions to the history.</summary>
    public DbSet<HistoryJob> HistoryJobs => Set<HistoryJob>();

    /// <summary>What those jobs did to each image.</summary>
    public DbSet<HistoryJobItem> HistoryJobItems => Set<HistoryJobItem>();

    /// <summary>Figures per quarter hour; kept by triggers, see <see cref="RollupTriggers"/>.</summary>
    public DbSet<FigureRollup> FigureRollups => Set<FigureRollup>();

    /// <summary>When models were first used; kept by triggers.</summary>
    public DbSet<ModelUse> ModelUses => Set<ModelUse>();

    /// <summary>How long photographs are kept; one row, none before anybody decided.</summary>
    public DbSet<RetentionRules> RetentionRules => Set<RetentionRules>();

    /// <summary>How other people's faces are kept; one row, or none yet.</summary>
    public DbSet<PrivacyRules> PrivacyRules => Set<PrivacyRules>();

    /// <summary>API keys of accounts.</summary>
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    /// <summary>Sign-ins that ended before their cookies expire.</summary>
    public DbSet<EndedSession> EndedSessions => Set<EndedSession>();

    /// <summary>When administrators want to be told.</summary>
    public DbSet<NotificationRule> NotificationRules => Set<NotificationRule>();

    /// <summary>What they were told.</summary>
    public DbSet<Notification> Notifications => Set<Notification>();

    /// <summary>Who has seen it.</summary>
    public DbSet<NotificationSeen> NotificationsSeen => Set<NotificationSeen>();

    /// <summary>Posts to webhooks: the outbox.</summary>
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    /// <summary>The audit log.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite keeps no kind of time: everything stored is UTC, so everything read is, too.
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        builder.Entity<Site>(site =>
        {
            site.Property(s => s.Name).HasMaxLength(80).UseCollation("NOCASE");
            site.HasIndex(s => s.Name).IsUnique();
        });
        builder.Entity<StoredImage>(image =>
        {
            image.Property(i => i.Sha256).HasMaxLength(64);
            image.Property(i => i.FileName).HasMaxLength(255);
            image.Ignore(i => i.CanBeMeasured);
            image.HasIndex(i => i.Sha256).IsUnique();
            image.HasOne(i => i.Site).WithMany().HasForeignKey(i => i.SiteId).OnDelete(DeleteBehavior.SetNull);
        });
        builder.Entity<ImageAnalysis>(analysis =>
        {
            analysis.HasOne(a => a.Image).WithMany(i => i.Analyses).HasForeignKey(a => a.ImageId).OnDelete(DeleteBehavior.Cascade);
            analysis.HasOne(a => a.SettingsVersion).WithMany().HasForeignKey(a => a.SettingsVersionId).OnDelete(DeleteBehavior.Restrict);
            analysis.HasMany(a => a.Faces).WithOne().HasForeignKey(f => f.AnalysisId).OnDelete(DeleteBehavior.Cascade);
            analysis.HasMany(a => a.Pairs).WithOne().HasForeignKey(p => p.AnalysisId).OnDelete(DeleteBehavior.Cascade);
            analysis.HasOne(a => a.Thumbnail).WithOne().HasForeignKey<Thumbnail>(t => t.AnalysisId).OnDelete(DeleteBehavior.Cascade);
            analysis.HasIndex(a => new { a.ImageId, a.SettingsVersionId, a.Detector, a.ModelVersion }).IsUnique();
            analysis.HasIndex(a => new { a.State, a.QueuedAtUtc });
            analysis.Property(a => a.CapturedQuarter).HasComputedColumnSql(RollupTriggers.QuarterSql, stored: false);
            // Everything a filter asks for is in this one index: lists count, skip and pick without the wide rows.
            analysis.HasIndex(a => new { a.IsCurrent, a.CapturedAtUtc, a.Id, a.SiteId, a.Detector, a.State, a.ReviewedAtUtc, a.CapturedQuarter }).HasDatabaseName("IX_Analyses_Lists");
            analysis.HasIndex(a => new { a.IsCurrent, a.SiteId, a.CapturedAtUtc });
            // The review queue in its order, with all that filters and the accuracy ask for: read from the index alone.
            analysis.HasIndex(a => new { a.ReviewedAtUtc, a.Doubt, a.CapturedAtUtc, a.Id, a.IsCurrent, a.State, a.SiteId, a.Detector, a.FaceCount, a.SettingsVersionId, a.ReviewedUnseen, a.MaskCount, a.NoMaskCount, a.UncertainCount }).HasDatabaseName("IX_Analyses_Review");
            // The few that are not finished, which lists count apart.
            analysis.HasIndex(a => a.CapturedAtUtc).HasDatabaseName("IX_Analyses_Unfinished").HasFilter("\"State\" <> 2");
            // What made the results, counted without reading them.
            analysis.HasIndex(a => new { a.SettingsVersionId, a.Detector, a.ModelVersion, a.IsCurrent, a.State, a.CapturedAtUtc, a.SiteId, a.ReviewedAtUtc }).HasDatabaseName("IX_Analyses_Versions");
        });
        // Few of millions: the faces that a reviewer sees otherwise than the program, with what the accuracy compares.
        builder.Entity<Face>().HasIndex(f => new { f.AnalysisId, f.Counted, f.EffectiveCounted, f.Label, f.EffectiveLabel })
            .HasDatabaseName("IX_Faces_Corrected").HasFilter("\"Counted\" <> \"EffectiveCounted\" OR \"Label\" <> \"EffectiveLabel\"");
        builder.Entity<Face>().HasIndex(f => f.AnalysisId);
        builder.Entity<FacePairDistance>().HasIndex(p => p.AnalysisId);
        builder.Entity<Thumbnail>().HasKey(t => t.AnalysisId);
        builder.Entity<FaceCorrection>().HasOne(c => c.Face).WithMany().HasForeignKey(c => c.FaceId).OnDelete(DeleteBehavior.Cascade);
        builder.Entity<SettingsVersion>().Property(s => s.Reason).HasMaxLength(500);
        builder.Entity<HistoryJob>().HasOne(j => j.SettingsVersion).WithMany().HasForeignKey(j => j.SettingsVersionId).OnDelete(DeleteBehavior.Restrict);
        builder.Entity<HistoryJobItem>(item =>
        {
            item.HasOne<HistoryJob>().WithMany().HasForeignKey(i => i.JobId).OnDelete(DeleteBehavior.Cascade);
            item.HasOne<ImageAnalysis>().WithMany().HasForeignKey(i => i.AnalysisId).OnDelete(DeleteBehavior.Cascade);
            item.HasIndex(i => new { i.JobId, i.Done });
            item.HasIndex(i => new { i.JobId, i.TakenBack });
        });
        builder.Entity<FigureRollup>(rollup =>
        {
            rollup.HasKey(r => new { r.SiteId, r.Quarter, r.Detector, r.Reviewed });
            rollup.Property(r => r.SiteId).ValueGeneratedNever();
            rollup.HasIndex(r => r.Version);
        });
        builder.Entity<ModelUse>().HasKey(use => new { use.Detector, use.ModelVersion });
        builder.Entity<RetentionRules>(rules =>
        {
            rules.Property(r => r.Id).ValueGeneratedNever();
            rules.Ignore(r => r.Any);
        });
        builder.Entity<PrivacyRules>().Property(rules => rules.Id).ValueGeneratedNever();
        builder.Entity<ApiKey>(key =>
        {
            key.Property(k => k.Name).HasMaxLength(60);
            key.HasIndex(k => k.Hash).IsUnique();
            key.HasOne<DashboardUser>().WithMany().HasForeignKey(k => k.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<EndedSession>().HasKey(ended => ended.Session);
        builder.Entity<NotificationRule>().Property(r => r.Name).HasMaxLength(80);
        builder.Entity<Notification>().HasOne<NotificationRule>().WithMany().HasForeignKey(n => n.RuleId).OnDelete(DeleteBehavior.SetNull);
        builder.Entity<NotificationSeen>(seen =>
        {
            seen.HasKey(s => new { s.UserId, s.NotificationId });
            seen.HasOne<Notification>().WithMany().HasForeignKey(s => s.NotificationId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<WebhookDelivery>(delivery =>
        {
            delivery.HasOne<NotificationRule>().WithMany().HasForeignKey(d => d.RuleId).OnDelete(DeleteBehavior.Cascade);
            delivery.HasIndex(d => d.DeliveryId).IsUnique();
            delivery.HasIndex(d => new { d.State, d.DueAtUtc });
        });
        // Their keys and stamps are fixed, so that no migration ever changes them.
        builder.Entity<IdentityRole>().HasData(new[] { AccountRole.Viewer, AccountRole.Reviewer, AccountRole.Administrator }.Select(role =>
            new IdentityRole { Id = $"{(int)role}", Name = role.ToString(), NormalizedName = role.ToString().ToUpperInvariant(), ConcurrencyStamp = $"{(int)role}" }));
        builder.Entity<AuditEntry>(entry =>
        {
            entry.Property(e => e.Details).HasMaxLength(1000);
            entry.HasIndex(e => new { e.Action, e.AtUtc });
            entry.HasIndex(e => new { e.UserName, e.Id });
        });
    }
}
