using MaskDashboard.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace MaskDashboard.Storage;

/// <summary>Adds the data folder and the database.</summary>
public static class StorageSetup
{
    /// <summary>Adds the data folder and the database.</summary>
    /// <param name="builder">The program.</param>
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StorageOptions>().BindConfiguration("Data").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<DataFolder>();
        builder.Services.AddSingleton<OriginalStore>();
        builder.Services.AddSingleton<DatabaseWriter>();
        builder.Services.AddSingleton<AuditLog>();
        builder.Services.AddSingleton<DeletedContent>();
        builder.Services.AddSingleton<DatabaseStartup>();
        builder.Services.AddSingleton<PlannerStatistics>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PlannerStatistics>());
        builder.Services.AddDbContextFactory<DashboardDbContext>((services, options) => options
            .UseSqlite(new SqliteConnectionStringBuilder
            {
                DataSource = services.GetRequiredService<DataFolder>().DatabasePath,
                DefaultTimeout = 30,
                ForeignKeys = true,
            }.ConnectionString)
            .AddInterceptors(new OverwritesDeletedContent())
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        builder.Services.AddDataProtection().SetApplicationName("MaskDashboard");
        builder.Services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((options, folder, loggers) =>
            options.XmlRepository = new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(new DirectoryInfo(folder.KeysFolder), loggers));
        return builder;
    }
}
